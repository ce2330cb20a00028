import { askByTime } from "./ask_page.ts";
import { type FillTools, pause } from "./fill_tools.ts";
import type { LooseLane } from "./loose_lane.ts";
import type { Arrival } from "./read_trade.ts";

/** Trades may come a little out of order. */
const MARGIN = 1_000;

/** A page this long may have been cut, and none is longer than this. */
const LONG = 50, LONGEST = 5_000;

/** What was fetched so far. */
interface Found {
  trades: Arrival[];
  ids: Set<string>;
  /** Whether it reaches back to what is known. */
  start: boolean;
  /** Whether it reaches up to what is held. */
  end: boolean;
  /** Whether more would be too much to hold. */
  isFull: boolean;
  /** Whether some of it was passed already. */
  isPassed: boolean;
}

/**
 * Fetches by time what a lane is missing, from the last known trade on and inclusively, and has it
 * pass that, each trade once, and then what it holds. Pages may be cut at either end. Where they come from
 * the beginning on, they are passed a few at a time; else what is more than may be held is told as lost.
 */
export async function fillLoose(lane: LooseLane, tools: FillTools): Promise<void> {
  const from = lane.from ?? 0, known = lane.newest?.id;
  const not = { start: false, end: false, isFull: false, isPassed: false };
  const found: Found = { trades: [], ids: new Set(), ...not };
  await forward(lane, found, from, known, tools);
  if (!found.start) await backward(found, from, known, tools);
  if (tools.signal.aborted) return;
  const first = found.trades.at(0)?.trade.timestamp;
  const held = lane.held.at(0)?.trade.timestamp ?? (found.isFull ? lane.begun : undefined);
  if (!found.start) {
    lane.lose(from, first ?? held ?? lane.begun, "the exchange does not give trades this old");
  }
  pass(lane, found);
  if (!found.end && held !== undefined && found.isPassed) {
    lane.lose(Math.min(lane.from ?? from, held), held, "the exchange does not give these trades");
  }
  lane.release();
}

/** Passes what was found, and forgets all but the newest ids of it. */
function pass(lane: LooseLane, found: Found): void {
  const all = found.trades.toSorted((a, b) => a.trade.timestamp - b.trade.timestamp);
  for (const arrival of all) lane.fill(arrival);
  found.isPassed ||= all.length > 0;
  found.trades = [];
  found.ids = new Set(all.slice(-LONGEST).map(({ trade }) => trade.id));
}

async function forward(
  lane: LooseLane,
  found: Found,
  from: number,
  known: string | undefined,
  tools: FillTools,
): Promise<void> {
  let since = from - MARGIN, futile = 0;
  for (let pages = 0; pages < tools.mostPages && futile < tools.tries; pages++) {
    const isMuch = found.trades.length >= tools.mostHeld;
    if (isMuch && found.start) pass(lane, found);
    else if (isMuch) return void (found.isFull = true);
    const page = await askByTime(since, undefined, tools);
    if (!page || tools.signal.aborted) return;
    const isNew = add(found, page, from, known), next = lane.held.at(0);
    found.end = next
      ? page.some(({ trade: { id, timestamp } }) => {
        return id === next.trade.id || timestamp > next.trade.timestamp;
      })
      : page.length > 0 && !isNew;
    if (found.end) return;
    futile = isNew ? 0 : futile + 1;
    if (!isNew) await pause(tools, futile);
    else since = Math.max(since, page.at(-1)!.trade.timestamp);
  }
}

/** Exchanges that give the newest trades first cut off the oldest: so it goes back from there. */
async function backward(
  found: Found,
  from: number,
  known: string | undefined,
  tools: FillTools,
): Promise<void> {
  let futile = 0;
  for (let pages = 0; pages < tools.mostPages && futile < tools.tries && !found.start; pages++) {
    const oldest = oldestOf(found);
    // As much again as went forward: what that brought may be the newest.
    if (found.trades.length >= 2 * tools.mostHeld) return void (found.isFull = true);
    const page = await askByTime(from - MARGIN, oldest, tools);
    if (!page || tools.signal.aborted) return;
    const isOlder = page.some(({ trade }) => trade.timestamp < (oldest ?? Infinity));
    add(found, page, from, known);
    // No id is known, and a short page was not cut: so it begins where the market did.
    const long = Math.min(LONG, tools.pages.size);
    if (known === undefined && page.length > 0 && page.length < long) found.start = true;
    if (known === undefined && !isOlder && futile > 0) found.start = found.trades.length > 0;
    futile = isOlder ? 0 : futile + 1;
    if (!isOlder && !found.start) await pause(tools, futile);
  }
}

function oldestOf({ trades }: Found): number | undefined {
  return trades.at(0)?.trade.timestamp;
}

/** Whether any of them is new. Those of one moment keep their order, whichever page comes first. */
function add(
  found: Found,
  page: readonly Arrival[],
  from: number,
  known: string | undefined,
): boolean {
  const fresh = page.filter(({ trade: { id, timestamp } }) => {
    found.start ||= known === undefined ? timestamp < from : id === known;
    return timestamp >= from - MARGIN && !found.ids.has(id);
  });
  for (const { trade } of fresh) found.ids.add(trade.id);
  const isOlder = (fresh.at(0)?.trade.timestamp ?? Infinity) < (oldestOf(found) ?? Infinity);
  const isSame = fresh.at(-1)?.trade.timestamp === oldestOf(found);
  if (isOlder || isSame) found.trades.unshift(...fresh);
  else found.trades.push(...fresh);
  return fresh.length > 0;
}
