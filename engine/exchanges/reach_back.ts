import type { FillTools } from "./fill_tools.ts";
import type { Arrival } from "./read_trade.ts";

/** So many pages are fetched of the past at most: whoever looks again soon needs few. */
const MOST = 10;

/**
 * A page of the newest trades with those from `to` (UTC milliseconds) on before it, as far as some more
 * pages have them. Pages may be cut at either end; `undefined` after an abort.
 */
export async function reachBack(
  page: readonly Arrival[],
  to: number,
  { pages, room, signal }: FillTools,
): Promise<Arrival[] | undefined> {
  const all = new Map(page.map((arrival) => [arrival.trade.id, arrival]));
  let since = to, until = page.at(0)?.trade.timestamp ?? to;
  for (let asked = 0; asked < MOST && since < until; asked++) {
    await room();
    if (signal.aborted) return undefined;
    const more = await pages.byTime(since, until);
    if (!more) return undefined;
    const size = all.size;
    for (const arrival of more) all.set(arrival.trade.id, arrival);
    if (all.size === size) break;
    const first = more[0].trade.timestamp, last = more[more.length - 1].trade.timestamp;
    if (last >= until) until = first;
    else since = last;
  }
  return [...all.values()].sort((a, b) => a.trade.timestamp - b.trade.timestamp);
}
