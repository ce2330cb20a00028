import type { CountedLane } from "./counted_lane.ts";
import type { FillTools } from "./fill_tools.ts";

/** So many times as long is waited for what else would be told as lost. */
const PATIENCE = 3;

/**
 * How often is asked for what an exchange does not give. While the stream was cut that is all that can be
 * known of it; otherwise newer trades had better not wait, and what is kept back comes when it will.
 */
export function triesFor(lane: CountedLane, { tries }: FillTools): number {
  return lane.isUnseen ? PATIENCE * tries : tries;
}

/** Asks for the trades that a lane has gone over, in case that the exchange gives them by now. */
export async function askForKept(
  lane: CountedLane,
  { pages, room, signal }: FillTools,
): Promise<void> {
  for (const { first, from, to } of lane.kept) {
    await room();
    if (signal.aborted) return;
    const page = await (pages.isById ? pages.byId(first) : pages.byTime(from, to));
    for (const arrival of page ?? []) lane.fill(arrival);
  }
}
