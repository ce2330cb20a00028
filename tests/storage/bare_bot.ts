import type { NewBot } from "../../engine/ports/bots.ts";

/** A bot to be whose config and run say nothing: a store keeps both as they are. */
export function bareBot(id: string, config: object = {}, run: object = {}): NewBot {
  return { id, config, run } as NewBot;
}
