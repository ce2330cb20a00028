import type { Candle } from "../../market/candles.ts";
import type { CandleRange, MarketDataRepository, MarketKey } from "../../ports/store.ts";
import type { Database } from "./connection.ts";
import { latestCandle, readCandles } from "./market_data_read.ts";
import { revised } from "./market_data_revised.ts";
import { upsertCandles } from "./market_data_upsert.ts";
import { gaps, recordGap } from "./market_gaps.ts";
import { sharedRead } from "./shared_read.ts";

/** Candles in the table `market_data`, and what was not observed in `market_gaps`. */
export function marketData(database: Database): MarketDataRepository {
  const upsert = async (
    key: Parameters<typeof upsertCandles>[1],
    candles: readonly Candle[],
    options?: { force?: boolean },
  ) => (await upsertCandles(database, key, candles, options?.force ?? false)).length;
  const read = sharedRead((...wanted: [MarketKey, CandleRange]) =>
    readCandles(database, ...wanted)
  );
  return {
    upsertCandle: async (key, candle, options) => await upsert(key, [candle], options) === 1,
    upsertCandles: upsert,
    revised: (key, range) => revised(database, key, range),
    revise: (key, candles) => upsertCandles(database, key, candles, true),
    candles: (key, range = {}) => read(key, range),
    latestCandle: (key, revision = "latest") => latestCandle(database, key, revision),
    recordGap: (gap) => recordGap(database, gap),
    gaps: (instrument, range = {}) => gaps(database, instrument, range),
  };
}
