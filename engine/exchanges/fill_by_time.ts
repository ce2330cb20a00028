import { askByTime } from "./ask_page.ts";
import type { CountedLane } from "./counted_lane.ts";
import { type FillTools, pause } from "./fill_tools.ts";
import { isBeyond } from "./is_beyond.ts";
import { askForKept, triesFor } from "./kept_trades.ts";
import { NewestFirst } from "./newest_first.ts";
import type { Arrival } from "./read_trade.ts";
import { TimeWindow } from "./time_window.ts";
import { idNumber, idPlus } from "./trade_ids.ts";

/** Trades of one moment may be numbered in another order than they are stamped. */
const MARGIN = 1_000;

/**
 * Fetches what a lane is missing from a venue that numbers its trades but gives them by time only:
 * inclusively, from the last known one on. The lane itself knows what is still missing, whichever end
 * a page was cut at; no more than some pages are held at once.
 */
export async function fillByTime(lane: CountedLane, tools: FillTools): Promise<void> {
  if (lane.wantedSince !== undefined) await countFromTime(lane, tools);
  if (lane.isUnseen) await askForKept(lane, tools);
  const { oldestFirst, size } = tools.pages;
  const newestFirst = new NewestFirst(lane, tools), window = new TimeWindow(tools.pages);
  let futile = 0, pages = 0, silent = 0, dense = 0;
  while (!tools.signal.aborted && lane.hole()) {
    const held = lane.firstHeld, reached = lane.newest!;
    const hole = { from: reached.timestamp, to: held?.trade.timestamp },
      { from, to } = window.of(hole);
    const page = await (oldestFirst ? askByTime(from, to, tools) : newestFirst.next());
    if (!page) return;
    for (const arrival of page) lane.fill(arrival);
    lane.asked();
    const moved = lane.newest !== reached || lane.firstHeld?.trade.id !== held?.trade.id;
    // The last known trade is on the page, and nothing newer; twice, as pages are cut by mistake, too.
    const isKnown = !moved && page.some(({ trade }) => trade.id === reached.id);
    if (isKnown && held === undefined && ++silent >= 2) lane.settle();
    futile = moved ? 0 : futile + 1;
    if (moved) window.reset();
    const isFull = !moved && oldestFirst && page.length >= size;
    const hasPassed = isFull ? !window.pass(page, hole) : window.hasPassed || newestFirst.hasPassed;
    // All that is missing shares a moment of which no page tells more.
    dense = !moved && hasPassed ? dense + 1 : 0;
    if (!lane.hole()) return;
    if (dense >= 2 || futile >= triesFor(lane, tools) || ++pages > tools.mostPages) {
      await giveUp(lane, tools);
      window.reset();
      futile = pages = dense = 0;
    } else if (!moved) await pause(tools, futile);
  }
}

async function giveUp(lane: CountedLane, tools: FillTools): Promise<void> {
  if (!lane.firstHeld) return lane.settle();
  if (await isBeyond(lane, tools)) return lane.passUncounted();
  if (!tools.signal.aborted) lane.lose("the exchange does not give these trades any more");
}

/** Finds the last trade before the time from which the lane wants them. */
async function countFromTime(lane: CountedLane, tools: FillTools): Promise<void> {
  const since = lane.wantedSince ?? 0;
  const window = new TimeWindow(tools.pages);
  let oldest: Arrival | undefined, to = lane.firstHeld?.trade.timestamp, futile = 0;
  for (let pages = 0; pages < tools.mostPages && futile < tools.tries; pages++) {
    const wanted = { from: since - MARGIN, to }, asked = window.of(wanted);
    const page = await askByTime(asked.from, asked.to, tools);
    if (!page || tools.signal.aborted) return;
    const before = page.findLast(({ trade }) => trade.timestamp < since);
    const number = before && idNumber(before.trade.id);
    if (before && number !== undefined) {
      return lane.countFrom(number, before.trade.timestamp);
    }
    const first = page.at(0);
    if (first && (!oldest || first.trade.timestamp < oldest.trade.timestamp)) {
      oldest = first;
      // A page that is full may have been cut where it is oldest.
      if (page.length < tools.pages.size || tools.pages.oldestFirst) break;
      to = first.trade.timestamp;
      window.reset();
    } else if (!window.pass(page, wanted)) {
      futile++;
      await pause(tools, futile);
    }
  }
  startAtOldest(lane, oldest, futile);
}

function startAtOldest(lane: CountedLane, oldest: Arrival | undefined, futile: number): void {
  const number = oldest && idNumber(oldest.trade.id);
  if (oldest === undefined || number === undefined) {
    lane.lose("the exchange gives no past trades");
    return lane.settle();
  }
  if (futile > 0) lane.startAt(idPlus(number, -1), oldest.trade.timestamp);
  else lane.countFrom(idPlus(number, -1), oldest.trade.timestamp);
}
