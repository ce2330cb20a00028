import { intervalStart } from "../../market/timeframe.ts";
import type { MarketKey, Store } from "../../ports/store.ts";

/**
 * Through which close time a market's candles are closed: each that is not stored by then is recorded as
 * missing, since a newer one is stored or a gap says so. UTC milliseconds; `-Infinity` of one that has none.
 */
export async function closedThrough(
  { marketData }: Pick<Store, "marketData">,
  key: MarketKey,
): Promise<number> {
  const newest = await marketData.latestCandle(key, "decided");
  if (!newest) return -Infinity;
  let through = newest.time;
  for (const { from, to } of await marketData.gaps(key, { from: through })) {
    // Of what a gap leaves of an interval there may be a candle.
    if (from <= through) through = Math.max(through, intervalStart(to, key.timeframe));
  }
  return through;
}
