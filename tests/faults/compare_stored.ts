import type { Timeframe } from "../../engine/market/timeframe.ts";
import type { Store } from "../../engine/ports/store.ts";
import type { FakeExchange } from "../support/fake_exchange/fake_exchange.ts";
import { compareTrades } from "./compare_trades.ts";
import { expectedCandles } from "./expected_candles.ts";

/** The candles that are collected, and compared. */
export const TIMEFRAMES: readonly Timeframe[] = ["1s", "1m"];

/** How what is stored compares with what was served. */
export interface Compared {
  served: number;
  stored: number;
  lost: number;
  duplicated: number;
  /** Candles compared, and how many of them or of the stored trades differ. */
  compared: number;
  different: number;
}

/** Compares all trades and candles that a store has of a fake exchange with what that served. */
export async function compareStored(
  { served }: Pick<FakeExchange, "served">,
  store: Store,
  exchange: string,
  instruments: readonly { symbol: string }[],
): Promise<Compared> {
  const sums = {
    served: served.length,
    stored: 0,
    lost: 0,
    duplicated: 0,
    compared: 0,
    different: 0,
  };
  for (const { symbol } of instruments) {
    const own = served.filter((one) => one.symbol === symbol), instrument = { exchange, symbol };
    const trades = await store.rawTrades.between(instrument, "trade", 0, 8e12);
    const { lost, duplicated, different } = compareTrades(own, trades);
    sums.lost += lost;
    sums.duplicated += duplicated;
    sums.stored += own.length - lost;
    sums.different += different;
    for (const timeframe of TIMEFRAMES) {
      const key = { ...instrument, timeframe };
      const candles = (await store.marketData.candles(key, { revision: "latest" })).rows();
      const until = own.at(-1)!.trade.timestamp;
      const expected = expectedCandles(own.map(({ trade }) => trade), timeframe, until);
      const byTime = new Map(candles.map((candle) => [candle.time, candle]));
      sums.compared += expected.length;
      sums.different += expected.filter((one) => {
        const { open, high, low, close, volume } = byTime.get(one.time) ?? { open: NaN };
        return one.open !== open || one.high !== high || one.low !== low || one.close !== close ||
          one.volume !== volume;
      }).length;
    }
  }
  return sums;
}
