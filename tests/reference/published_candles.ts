import { Candles } from "../../engine/market/candles.ts";
import { closeTime, openTime, type Timeframe } from "../../engine/market/timeframe.ts";
import { csvRows, published } from "./published.ts";

/** The candles of the published backtests: hourly and monthly, whose dates lie inside the candle. */
export type Market = "EURUSD" | "BTCUSD";

const TIMEFRAMES: Record<Market, Timeframe> = { EURUSD: "1h", BTCUSD: "1M" };

/** Decimals of the prices, by market. */
export const DECIMALS: Record<Market, number> = { EURUSD: 5, BTCUSD: 2 };

/** Candles and the dates by which published results call their rows. */
export interface PublishedCandles {
  candles: Candles;
  /** The row of a date as published. */
  row(date: string): number;
  /** Close time of a row, and open time. */
  close(row: number): number;
  open(row: number): number;
}

/** UTC milliseconds of a published date, with a time of day or without. */
function publishedTime(date: string): number {
  return Date.parse(date.includes(" ") ? `${date.replace(" ", "T")}Z` : date);
}

/** Reads the candles that a market's published results were computed on. */
export function publishedCandles(market: Market): PublishedCandles {
  const rows = csvRows(published("backtesting_py", `data/${market}.csv`));
  const timeframe = TIMEFRAMES[market], dates = new Map(rows.map((row, i) => [row[""], i]));
  const candles = Candles.fromRows(
    timeframe,
    rows.map((row) => ({
      time: closeTime(publishedTime(row[""]), timeframe),
      open: Number(row.Open),
      high: Number(row.High),
      low: Number(row.Low),
      close: Number(row.Close),
      volume: Number(row.Volume),
      trades: NaN,
      kind: "backfilled" as const,
    })),
    DECIMALS[market],
  );
  return {
    candles,
    row(date) {
      const row = dates.get(date);
      if (row === undefined) throw new Error(`${market} has no candle of ${date}`);
      return row;
    },
    close: (row) => candles.time[row],
    open: (row) => openTime(candles.time[row], timeframe),
  };
}
