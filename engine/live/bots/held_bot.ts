import { isReplayVenue } from "../../market/replay_venue.ts";
import { instrumentKey } from "../../market/trade.ts";
import type { BotRecord } from "../../ports/bots.ts";
import type { Store } from "../../ports/store.ts";
import type { Tell } from "../../ports/tell.ts";
import type { Config } from "../../strategy/config.ts";
import { configHash } from "../../strategy/load.ts";
import { youngest } from "./youngest.ts";

/**
 * The last bot of a config, if a person has to start it: somebody stopped it, or it was put into
 * quarantine or found to have diverged. A process that is started does not do that by itself.
 */
export async function heldBot(
  { wishes }: Pick<Store, "wishes">,
  config: Config,
  stored: readonly BotRecord[],
): Promise<BotRecord | undefined> {
  const hash = configHash(config);
  const isOurs = ({ run, config: { name } }: BotRecord) =>
    run.configHash === hash && name === config.name;
  const last = youngest(stored.filter(isOurs));
  if (last?.status === "quarantined" || last?.status === "diverged") return last;
  if (last?.status !== "stopped") return undefined;
  const asked = (await wishes.ofBot(last.id)).at(-1);
  return asked?.wish === "stop" || asked?.outcome === "open" ? last : undefined;
}

/** Says that a bot waits for a person, and what that person can do. */
export function tellHeld(bot: BotRecord, tell: Tell): void {
  const { id, config: { market } } = bot;
  tell(heldText(bot), { level: "warning", bot: id, market: instrumentKey(market) });
}

function heldText({ id, status, reason, config: { market } }: BotRecord): string {
  const stays = `${id} is ${status}${reason && ` (${reason})`}, and stays so`;
  // A tape has one run of a config.
  if (status === "diverged" && isReplayVenue(market.exchange)) {
    return `${stays}: deno task verify ${id} looks whether it does the same again`;
  }
  return `${stays}: deno task bot start ${id} starts it`;
}
