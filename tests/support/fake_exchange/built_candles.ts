import type { Trade } from "../../../engine/market/trade.ts";
import { plainDecimal, scaled, unscaled } from "./plain_decimal.ts";

/** A candle as an exchange tells it: stamped with its open, prices as they were written. */
export interface BuiltCandle {
  open: number;
  /** When the next one opens. */
  end: number;
  prices: readonly [open: string, high: string, low: string, close: string];
  /** The sum of the amounts and of price × amount, exactly. */
  volume: string;
  turnover: string;
  trades: number;
}

const UNITS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** 1970-01-05, a Monday. */
const MONDAY = 4 * UNITS.d;

/** When the interval that holds `time` opens, and when the next one does. `1M` is a month. */
export function intervalOf(timeframe: string, time: number): { open: number; end: number } {
  if (timeframe === "1M") {
    const date = new Date(time), year = date.getUTCFullYear(), month = date.getUTCMonth();
    return { open: Date.UTC(year, month, 1), end: Date.UTC(year, month + 1, 1) };
  }
  const week = timeframe === "1w", start = week ? MONDAY : 0;
  const length = week ? 7 * UNITS.d : Number(timeframe.slice(0, -1)) * UNITS[timeframe.at(-1)!];
  if (!(length > 0)) throw new Error(`No timeframe ${timeframe}`);
  const open = start + Math.floor((time - start) / length) * length;
  return { open, end: open + length };
}

/**
 * The candles of some trades, by addition of decimal numbers: no code is shared with the candles
 * that are tested against these. `flat` adds one with volume 0 for every interval without trades
 * from the first trade up to `now`.
 */
export function builtCandles(
  trades: readonly Trade[],
  timeframe: string,
  flat: boolean,
  now: number,
): BuiltCandle[] {
  const candles: BuiltCandle[] = [], groups = new Map<number, Trade[]>();
  for (const trade of trades) {
    groups.getOrInsertComputed(intervalOf(timeframe, trade.timestamp).open, () => []).push(trade);
  }
  for (const group of groups.values()) group.sort((a, b) => a.timestamp - b.timestamp);
  const opens = [...groups.keys()].sort((a, b) => a - b), first = opens[0] ?? Infinity;
  if (!flat) return opens.map((open) => candleOf(groups.get(open)!, timeframe));
  for (let open = first; open <= now; open = candles.at(-1)!.end) {
    const group = groups.get(open), close = candles.at(-1)?.prices[3] ?? "";
    candles.push(
      group ? candleOf(group, timeframe) : flatCandle(intervalOf(timeframe, open), close),
    );
  }
  return candles;
}

function flatCandle(interval: { open: number; end: number }, close: string): BuiltCandle {
  return {
    ...interval,
    prices: [close, close, close, close],
    volume: "0",
    turnover: "0",
    trades: 0,
  };
}

function candleOf(trades: readonly Trade[], timeframe: string): BuiltCandle {
  const prices = trades.map(({ price }) => price);
  let volume = 0n, turnover = 0n;
  for (const { price, amount } of trades) {
    const [p, a] = [scaled(plainDecimal(price)), scaled(plainDecimal(amount))];
    volume += a;
    turnover += p * a;
  }
  const shown = [prices[0], Math.max(...prices), Math.min(...prices), prices.at(-1)!];
  const [open, high, low, close] = shown.map(plainDecimal);
  return {
    ...intervalOf(timeframe, trades[0].timestamp),
    prices: [open, high, low, close],
    volume: unscaled(volume),
    turnover: unscaled(turnover / scaled("1")),
    trades: trades.length,
  };
}
