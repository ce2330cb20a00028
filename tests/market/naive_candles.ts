import type { Candle } from "../../engine/market/candles.ts";
import type { Closed, Timeframe } from "../../engine/market/timeframe.ts";

/** A trade with its price in cents and its amount in hundred-millionths, as whole numbers. */
export interface PlainTrade {
  timestamp: number;
  cents: number;
  amountTicks: number;
}

const LENGTHS: Partial<Record<Timeframe, number>> = {
  "1s": 1_000,
  "1m": 60_000,
  "3m": 180_000,
  "15m": 900_000,
  "1h": 3_600_000,
  "1d": 86_400_000,
};

/**
 * Candles of trades in time order, the plain way: one interval after the other from the one behind
 * the first trade to the one before the last, each by looking at all trades.
 */
export function naiveCandles(trades: PlainTrade[], timeframe: Timeframe, closed: Closed): Candle[] {
  const length = LENGTHS[timeframe]!, first = trades[0].timestamp, last = trades.at(-1)!.timestamp;
  const candles: Candle[] = [];
  let close: string | undefined;
  for (let start = first - first % length - length; start <= last; start += length) {
    const end = start + length;
    const inside = trades.filter(({ timestamp: t }) =>
      closed === "left" ? t >= start && t < end : t > start && t <= end
    );
    const previous = close;
    if (inside.length > 0) close = priceText(inside.at(-1)!.cents);
    const seenWhole = start >= first, over = closed === "left" ? last >= end : last > end;
    if (!seenWhole || !over) continue;
    candles.push(inside.length > 0 ? traded(end, inside) : empty(end, Number(previous)));
  }
  return candles;
}

function traded(time: number, trades: PlainTrade[]): Candle {
  const cents = trades.map((trade) => trade.cents).sort((a, b) => a - b);
  const ticks = trades.reduce((sum, { amountTicks }) => sum + BigInt(amountTicks), 0n);
  const digits = `${ticks}`.padStart(9, "0");
  return {
    time,
    open: Number(priceText(trades[0].cents)),
    high: Number(priceText(cents.at(-1)!)),
    low: Number(priceText(cents[0])),
    close: Number(priceText(trades.at(-1)!.cents)),
    volume: Number(`${digits.slice(0, -8)}.${digits.slice(-8)}`),
    trades: trades.length,
    kind: "traded",
  };
}

function empty(time: number, price: number): Candle {
  const prices = { open: price, high: price, low: price, close: price };
  return { time, ...prices, volume: 0, trades: 0, kind: "empty" };
}

function priceText(cents: number): string {
  const digits = `${cents}`.padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
