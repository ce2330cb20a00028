import type { Timeframe } from "../../engine/market/timeframe.ts";
import type { Trade } from "../../engine/market/trade.ts";

/** A candle as it has to be: prices and volume as the doubles nearest to the exact decimals. */
export interface ExpectedCandle {
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
  const sorted = trades.toSorted((a, b) => a.timestamp - b.timestamp || compareIds(a.id, b.id));
  const groups = Map.groupBy(sorted, ({ timestamp }) => Math.floor(timestamp / length));
  const first = Math.floor(sorted[0].timestamp / length), candles: ExpectedCandle[] = [];
  let close = groups.get(first)!.at(-1)!.price;
  for (let n = first + 1; (n + 1) * length <= until; n++) {
    const inside = groups.get(n) ?? [], time = (n + 1) * length;
    if (inside.length === 0) {
      candles.push({ time, open: close, high: close, low: close, close, volume: 0 });
      continue;
    }
    const prices = inside.map(({ price }) => price), open = prices[0];
    close = prices[prices.length - 1];
    const [high, low] = [Math.max(...prices), Math.min(...prices)];
    candles.push({ time, open, high, low, close, volume: exactSum(inside) });
  }
  return candles;
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
