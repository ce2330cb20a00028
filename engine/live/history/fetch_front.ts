import { openTime } from "../../market/timeframe.ts";
import type { MarketKey, Store } from "../../ports/store.ts";
import { type FetchingPlace, fetchInTime } from "./warm_up.ts";

/** Where the candles of a market begin for a bot that is new. */
export interface Front {
  /** Open time of the earliest one, UTC milliseconds. */
  from: number;
  /** As `RunRecord.front` says; `undefined` if all were stored in their order. */
  front: number | undefined;
}

/**
 * Fetches what lies between `from` and the earliest stored candle of a market: who went by has never seen
 * these, but a bot that begins now does. They are stored from there backwards, so that whatever ends this,
 * no hole is left. Returns where the candles begin; `undefined` if none is stored. Throws what the store throws.
 */
export async function fetchFront(
  key: MarketKey,
  from: number,
  place: FetchingPlace & { store: Store },
): Promise<Front | undefined> {
  const { marketData } = place.store, { timeframe } = key;
  const [earliest] = (await marketData.candles(key, { limit: 1, revision: "latest" })).rows();
  if (!earliest) return undefined;
  let begins = openTime(earliest.time, timeframe);
  if (begins > from && place.history) {
    await fetchInTime(key, { from, to: begins }, place, async (candles) => {
      await marketData.upsertCandles(key, candles);
      begins = openTime(candles[0].time, timeframe);
    });
  }
  const [decided] = (await marketData.candles(key, { limit: 1 })).rows();
  const front = openTime(decided.time, timeframe);
  return { from: begins, front: begins < front ? front : undefined };
}
