import { isReplayVenue } from "../../market/replay_venue.ts";
import { instrumentKey } from "../../market/trade.ts";
import { AT_WORK } from "../../ports/bot_status.ts";
import type { Wish } from "../../ports/bot_wishes.ts";
import type { BotRecord } from "../../ports/bots.ts";
import type { Store } from "../../ports/store.ts";
import type { Tell } from "../../ports/tell.ts";
import { RUN_VERSION } from "../../run/run.ts";
import type { Config } from "../../strategy/config.ts";
import { configHash } from "../../strategy/load.ts";
import { youngest } from "./youngest.ts";

/**
 * The last bot of a config, if a person has to start it: somebody stopped it, or it was put into
 * quarantine or found to have diverged; or somebody paused or liquidated it, and it ran by another version
 * of the engine, whose account this one cannot go on with. A process that is started does not do that by
 * itself.
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
  if (!last || last.status === "finished") return undefined;
  if (last.status === "quarantined" || last.status === "diverged") return last;
  const asked = (await wishes.ofBot(last.id)).at(-1);
  if (last.status === "stopped") {
    return asked?.wish === "stop" || asked?.outcome === "open" ? last : undefined;
  }
  // A crashed one is paused all the same, and one that has not got there yet is to be.
  const isPaused = last.status === "paused" || (asked !== undefined && PAUSES.includes(asked.wish));
  return isPaused && isOfOtherVersion(last) ? last : undefined;
}

/** What leaves a bot paused. */
const PAUSES: readonly Wish[] = ["pause", "liquidate"];

/** Each version has a run of its own on a tape, which nobody trades with but for a look. */
function isOfOtherVersion({ run, config: { market } }: BotRecord): boolean {
  return run.version !== RUN_VERSION && !isReplayVenue(market.exchange);
}

/** Says that a bot waits for a person, and what that person can do. */
export function tellHeld(bot: BotRecord, tell: Tell): void {
  const { id, config: { market } } = bot;
  tell(heldText(bot), { level: "warning", bot: id, market: instrumentKey(market) });
}

function heldText(bot: BotRecord): string {
  const { id, status, reason, config: { market } } = bot;
  const stays = `${id} is ${status}${reason && ` (${reason})`}, and stays so`;
  // A tape has one run of a config.
  if (status === "diverged" && isReplayVenue(market.exchange)) {
    return `${stays}: deno task verify ${id} looks whether it does the same again`;
  }
  if (AT_WORK.includes(status)) {
    return `${stays}: it ran by another version of the engine, which nobody goes on with here. ` +
      `deno task bot stop ${id}, then deno task bot start ${id}, begins a new run`;
  }
  return `${stays}: deno task bot start ${id} starts it`;
}
