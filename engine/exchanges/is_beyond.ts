import type { CountedLane } from "./counted_lane.ts";
import { type FillTools, pause } from "./fill_tools.ts";
import { idNumber, idsBetween } from "./trade_ids.ts";

/** An id further ahead than this that the exchange does not know is a mistake, not a hole. */
const FAR_AHEAD = 1_000;

/** So often the exchange may catch up with its own stream. */
const LOOKS = 3;

/**
 * Whether the first trade that a lane holds has a number that the exchange has not reached: a frame
 * was garbled, and to wait for what lies before it would be to wait for years.
 */
export async function isBeyond(lane: CountedLane, tools: FillTools): Promise<boolean> {
  const held = lane.firstHeld, number = held && idNumber(held.trade.id), { newest: last } = lane;
  if (held === undefined || number === undefined || last === undefined) return false;
  if (idsBetween(last.number, number) <= FAR_AHEAD) return false;
  const { pages, signal } = tools;
  for (let look = 1; look <= LOOKS && !signal.aborted; look++) {
    const page = await (pages.isById ? pages.byId(undefined) : pages.byTime(undefined, undefined));
    const newest = page?.at(-1)?.trade, reached = newest && idNumber(newest.id);
    if (newest && reached !== undefined) {
      if (reached >= number) return false;
      if (newest.timestamp >= held.trade.timestamp) return true;
      if (look === LOOKS) return idsBetween(reached, number) > FAR_AHEAD;
    }
    await pause(tools, look);
  }
  return false;
}
