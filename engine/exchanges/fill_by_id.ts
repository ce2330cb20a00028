import { askById } from "./ask_page.ts";
import type { CountedLane } from "./counted_lane.ts";
import { type FillTools, pause } from "./fill_tools.ts";
import { findStart } from "./find_start.ts";
import { isBeyond } from "./is_beyond.ts";
import { askForKept, triesFor } from "./kept_trades.ts";
import type { Arrival } from "./read_trade.ts";
import { type IdNumber, idNumber, idPlus, idsBetween } from "./trade_ids.ts";

/**
 * Fetches what a lane is missing, by the numbers of its trades, oldest first; what cannot be had is
 * given up with exact bounds. Ends when nothing is missing, or when the signal aborts.
 */
export async function fillById(lane: CountedLane, tools: FillTools): Promise<void> {
  if (lane.wantedSince !== undefined) await findStart(lane, tools);
  if (lane.isUnseen) await askForKept(lane, tools);
  let futile = 0, silent = 0;
  while (!tools.signal.aborted) {
    const missing = lane.hole();
    if (!missing) return;
    const { from, to } = missing;
    if (to !== undefined && idsBetween(from, to) >= tools.mostPages * tools.pages.size) {
      await skipAhead(lane, to, tools);
      continue;
    }
    const before = lane.newest?.number, asked = to === undefined ? idPlus(from, -1) : from;
    // With the last one that is known, so that an empty page does not pass for a silent market.
    const page = await askById(asked, tools);
    if (!page) return;
    for (const arrival of page) lane.fill(arrival);
    lane.asked();
    const moved = lane.newest?.number !== before;
    // Twice, since pages are also cut by mistake.
    if (to === undefined && !moved && endsAt(page, asked) && ++silent >= 2) lane.settle();
    futile = moved ? 0 : futile + 1;
    if (lane.hole() && futile >= triesFor(lane, tools)) {
      await giveUp(lane, tools);
      futile = 0;
    } else if (lane.hole() && !moved) await pause(tools, futile);
  }
}

/** Whether a page has the trade from which it was asked for, and none behind it. */
function endsAt(page: readonly Arrival[], asked: IdNumber): boolean {
  const numbers = page.map(({ trade }) => idNumber(trade.id));
  return numbers.some((number) => number === asked) &&
    numbers.every((number) => number !== undefined && number <= asked);
}

/** There is more than may be fetched: only the newest of it is. */
async function skipAhead(lane: CountedLane, to: IdNumber, tools: FillTools): Promise<void> {
  const { mostPages, pages } = tools;
  if (await isBeyond(lane, tools)) return lane.passUncounted();
  const start = idPlus(to, 1 - (mostPages - 1) * pages.size);
  for (const arrival of await askById(start, tools) ?? []) lane.fill(arrival);
  if (!tools.signal.aborted) lane.lose(`more than ${mostPages} pages of trades were missed`);
}

/** What was asked for again and again does not come. */
async function giveUp(lane: CountedLane, tools: FillTools): Promise<void> {
  const missing = lane.hole();
  if (!missing) return;
  // With nothing newer, there is nothing that could be lost: the stream will tell.
  if (missing.to === undefined) return lane.settle();
  if (await isBeyond(lane, tools)) return lane.passUncounted();
  await toFirstThere(lane, missing.from, missing.to, tools);
  if (!tools.signal.aborted) lane.lose("the exchange does not give these trades any more");
}

/** Finds where the exchange's memory begins again, so that no more is given up than has to be. */
async function toFirstThere(
  lane: CountedLane,
  from: IdNumber,
  to: IdNumber,
  tools: FillTools,
): Promise<void> {
  let low = from, high = to;
  while (idsBetween(low, high) >= tools.pages.size && !tools.signal.aborted) {
    const middle = idPlus(low, Math.floor(idsBetween(low, high) / 2));
    const page = await askById(middle, tools);
    if (!page) return;
    if (page.length > 0) high = middle;
    else low = idPlus(middle, 1);
    for (const arrival of page) lane.fill(arrival);
  }
  for (const arrival of await askById(low, tools) ?? []) lane.fill(arrival);
}
