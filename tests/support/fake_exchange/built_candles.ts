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
 * that are tested against these. Intervals without trades have none.
 */
export function builtCandles(trades: readonly Trade[], timeframe: string): BuiltCandle[] {
  const groups = new Map<number, Trade[]>();
  for (const trade of trades) {
    groups.getOrInsertComputed(intervalOf(timeframe, trade.timestamp).open, () => []).push(trade);
  }
  for (const group of groups.values()) group.sort((a, b) => a.timestamp - b.timestamp);
  const inOrder = [...groups].sort(([a], [b]) => a - b);
  return inOrder.map(([, group]) => candleOf(group, timeframe));
}

/** Them, with one of volume 0 for every other interval from the first one on that opened by `now`. */
export function withFlatCandles(
  candles: readonly BuiltCandle[],
  timeframe: string,
  now: number,
): BuiltCandle[] {
  const all: BuiltCandle[] = [];
  for (let next = 0, open = candles[0]?.open ?? Infinity; open <= now; open = all.at(-1)!.end) {
    if (candles[next]?.open === open) all.push(candles[next++]);
    else all.push(flatCandle(intervalOf(timeframe, open), all.at(-1)!.prices[3]));
  }
  return all;
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
  const [highest, lowest] = [prices.reduce(larger), prices.reduce(smaller)];
  const shown = [prices[0], highest, lowest, prices.at(-1)!];
  const [open, high, low, close] = shown.map(plainDecimal);
  return {
    ...intervalOf(timeframe, trades[0].timestamp),
    prices: [open, high, low, close],
    volume: unscaled(volume),
    turnover: unscaled(turnover / scaled("1")),
    trades: trades.length,
  };
}

const larger = (a: number, b: number) => Math.max(a, b);
const smaller = (a: number, b: number) => Math.min(a, b);
