import type { Timeframe } from "../../engine/market/timeframe.ts";
import type { Trade } from "../../engine/market/trade.ts";

/** A candle as it has to be: prices and volume as the doubles nearest to the exact decimals. */
export interface ExpectedCandle {
  trades: number;
  kind: "traded" | "empty";
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

const LENGTHS: Partial<Record<Timeframe, number>> = { "1s": 1_000, "1m": 60_000 };

/** Amounts of the tapes have at most twelve decimals. */
const DECIMALS = 12;

/**
 * The candles that a market's served trades make, the plain way: sorted by time and id, an interval
 * [start, end) at a time, volumes as whole numbers of 10^-12. From the first interval that begins behind
 * the first trade to the last one that is over at `until`.
 */
export function expectedCandles(
  trades: readonly Trade[],
  timeframe: Timeframe,
  until: number,
): ExpectedCandle[] {
  const length = LENGTHS[timeframe]!;
  const groups = Map.groupBy(trades, ({ timestamp }) => Math.floor(timestamp / length));
  const first = Math.min(...groups.keys()), candles: ExpectedCandle[] = [];
  let { close } = candleOf(groups.get(first)!, 0);
  for (let n = first + 1; (n + 1) * length <= until; n++) {
    const inside = groups.get(n) ?? [], time = (n + 1) * length;
    const candle = inside.length === 0 ? flatCandle(close, time) : candleOf(inside, time);
    candles.push(candle);
    close = candle.close;
  }
  return candles;
}

/** The candle of some trades. */
export function candleOf(trades: readonly Trade[], time: number): ExpectedCandle {
  const sorted = trades.toSorted(before), prices = sorted.map(({ price }) => price);
  return {
    time,
    open: prices[0],
    high: Math.max(...prices),
    low: Math.min(...prices),
    close: prices[prices.length - 1],
    volume: exactSum(sorted),
    trades: sorted.reduce((sum, { fills = 1 }) => sum + fills, 0),
    kind: "traded",
  };
}

/** The candle of a silent interval. */
export function flatCandle(price: number, time: number): ExpectedCandle {
  const [open, high, low, close] = [price, price, price, price];
  return { time, open, high, low, close, volume: 0, trades: 0, kind: "empty" };
}

/** Whether two candles say the same. */
export function isSame(
  a: ExpectedCandle,
  b: Omit<ExpectedCandle, "kind"> & { kind: string },
): boolean {
  return a.open === b.open && a.high === b.high && a.low === b.low && a.close === b.close &&
    a.volume === b.volume && a.trades === b.trades && a.kind === b.kind;
}

/** Below 0 if `a` was traded before `b`, by the exchange's word. */
export function before(a: Trade, b: Trade): number {
  return a.timestamp - b.timestamp || compareIds(a.id, b.id);
}

function compareIds(a: string, b: string): number {
  if (!/^\d+$/.test(a + b)) return 0;
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

function exactSum(trades: readonly Trade[]): number {
  const sum = trades.reduce((total, { amount }) => total + whole(amount), 0n);
  const digits = `${sum}`.padStart(DECIMALS + 1, "0");
  return Number(`${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`);
}

function whole(amount: number): bigint {
  const [units, decimals = ""] = amount.toFixed(DECIMALS).split(".");
  return BigInt(units + decimals);
}
