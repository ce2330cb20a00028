import type { Claim, NewBot } from "../../engine/ports/bots.ts";

/** A bot to be whose config and run say nothing: a store keeps both as they are. */
export function bareBot(id: string, config: object = {}, run: object = {}): NewBot {
  return { id, config, run } as NewBot;
}

/** Starts a bot, and has it for an hour unless told otherwise. */
export function starting(owner: string, leaseMs = 3_600_000): Claim {
  return { owner, leaseMs, starts: true };
}
