import type { Run } from "../../run/run.ts";
import { LIVE_CHUNK } from "./run_record.ts";

/** What may be done before others get their turn: at worst some 50 ms. */
const MOST_WORK = 1_000_000;

/**
 * How many candles a run takes at once when it has some to catch up with: fewer where each costs much,
 * since the other bots of the process wait meanwhile.
 */
export function rowsAtOnce({ cost }: Pick<Run, "cost">, most = LIVE_CHUNK): number {
  return Math.max(1, Math.min(most, Math.floor(MOST_WORK / cost)));
}
