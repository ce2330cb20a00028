import { askById } from "./ask_page.ts";
import type { CountedLane } from "./counted_lane.ts";
import { type FillTools, pause } from "./fill_tools.ts";
import type { Arrival } from "./read_trade.ts";
import { type IdNumber, idNumber, idPlus, idsBetween } from "./trade_ids.ts";

/** Trades of one moment may be numbered in another order than they are stamped. */
const MARGIN = 1_000;

/**
 * Finds by halving the number of the first trade from the time on that a lane wants, and has the lane
 * count from there: some twenty pages, however long ago that is.
 */
export async function findStart(lane: CountedLane, tools: FillTools): Promise<void> {
  const since = lane.wantedSince ?? 0, time = since - MARGIN;
  const newest = await surePage(undefined, tools), high = first(newest);
  if (tools.signal.aborted) return;
  if (high === undefined) return giveUp(lane);
  if (newest[0].trade.timestamp < time) return countFromWithin(lane, newest, time);
  const low = await lowerBound(high, time, tools);
  const page = await surePage(await narrow(low, high, time, tools), tools), from = first(page);
  if (tools.signal.aborted) return;
  if (from === undefined) return giveUp(lane);
  if (page[0].trade.timestamp < time) return countFromWithin(lane, page, time);
  lane.startAt(idPlus(from, -1), page[0].trade.timestamp);
}

/** Whatever the market did before its first trade that is known, it was not this market's trade. */
function giveUp(lane: CountedLane): void {
  lane.loseBeginning("the exchange gives no past trades");
  lane.settle();
}

function countFromWithin(lane: CountedLane, page: readonly Arrival[], time: number): void {
  const { trade } = page.findLast(({ trade }) => trade.timestamp < time)!;
  lane.countFrom(idNumber(trade.id)!, trade.timestamp);
}

/** An id from before `time`, or from before what the exchange remembers, by steps that double. */
async function lowerBound(high: IdNumber, time: number, tools: FillTools): Promise<IdNumber> {
  for (let step = tools.pages.size;; step *= 2) {
    if (idsBetween(0, high) <= step) return 0;
    const low = idPlus(high, -step), page = await surePage(low, tools);
    if (tools.signal.aborted || page.length === 0 || page[0].trade.timestamp < time) return low;
  }
}

/** Halves until `time`, or the end of what the exchange remembers, lies on the page from the result. */
async function narrow(
  low: IdNumber,
  high: IdNumber,
  time: number,
  tools: FillTools,
): Promise<IdNumber> {
  let isLowThere = false;
  while (idsBetween(low, high) >= tools.pages.size && !tools.signal.aborted) {
    const middle = idPlus(low, Math.floor(idsBetween(low, high) / 2));
    const page = await surePage(middle, tools);
    const isBefore = page.length === 0 || page[0].trade.timestamp < time;
    if (isBefore) {
      low = middle;
      isLowThere = page.length > 0;
    } else high = middle;
  }
  return isLowThere || (await surePage(low, tools)).length > 0 ? low : high;
}

/** A page, asked for again if it is empty: exchanges give empty pages by mistake, too. */
async function surePage(from: IdNumber | undefined, tools: FillTools): Promise<Arrival[]> {
  for (let attempt = 1; attempt <= 3 && !tools.signal.aborted; attempt++) {
    const page = await askById(from, tools) ?? [];
    if (page.length > 0) return page;
    await pause(tools, attempt);
  }
  return [];
}

function first(page: readonly Arrival[]): IdNumber | undefined {
  return page.length > 0 ? idNumber(page[0].trade.id) : undefined;
}
