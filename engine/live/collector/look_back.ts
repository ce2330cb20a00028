import type { Candle } from "../../market/candles.ts";
import { nominalLength, openTime } from "../../market/timeframe.ts";
import { REVISABLE } from "../../ports/feed.ts";
import type { MarketKey, Store } from "../../ports/store.ts";

/** What is stored of a market, as far back as late trades may still revise it. */
export interface LookBack {
  /** From here on the candles are stored without a hole, made of trades. */
  from: number;
  /** The price then; NaN if it is not known. */
  previousClose: number;
  /** Behind `from`, oldest first. */
  stored: readonly Candle[];
}

/**
 * Looks at the newest candles of a market that was collected before. A process that was killed may have
 * known of late trades that it had not stored yet: so these candles are made once more.
 */
export async function lookBack(
  { marketData }: Store,
  key: MarketKey,
  latest: Candle,
): Promise<LookBack> {
  const after = latest.time - REVISABLE - 2 * nominalLength(key.timeframe);
  const range = { after, to: latest.time, revision: "latest" as const };
  const rows = (await marketData.candles(key, range)).rows();
  let first = rows.length;
  const isNext = (i: number) =>
    i >= 0 && rows[i].kind !== "backfilled" && rows[i].time > latest.time - REVISABLE &&
    (i + 1 === rows.length || rows[i].time === openTime(rows[i + 1].time, key.timeframe));
  while (isNext(first - 1)) first--;
  const stored = rows.slice(first), before = rows[first - 1];
  if (stored.length === 0) return { from: latest.time, previousClose: latest.close, stored };
  const from = openTime(stored[0].time, key.timeframe);
  const flat = stored[0].kind === "empty" ? stored[0].close : NaN;
  return { from, previousClose: before?.time === from ? before.close : flat, stored };
}
