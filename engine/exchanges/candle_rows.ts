import { type Candle, Candles } from "../market/candles.ts";
import { checkCandles } from "../market/checks.ts";
import { InputError } from "../market/errors.ts";
import { iso } from "../market/time.ts";
import { intervalEnd, isBoundary, type Timeframe } from "../market/timeframe.ts";

/** Times before 1973 or after 5138 as milliseconds: they are seconds or microseconds. */
const EARLIEST = 1e11, LATEST = 1e14;

/** What rows are read for. */
export interface RowsWanted {
  timeframe: Timeframe;
  /** Open times with from ≤ open < to are wanted (UTC milliseconds); rows of others are left out. */
  from: number;
  to: number;
  /** What the message of an error calls them. */
  source: string;
}

/**
 * Candles, by their open times, of rows [open time, open, high, low, close, volume] as ccxt gives them,
 * in any order. Throws an `InputError` if one of them is none: a time off the timeframe's grid or in
 * another unit, a price that is none, the same time twice with other numbers.
 */
export function candleRows(rows: readonly unknown[], wanted: RowsWanted): Map<number, Candle> {
  const { timeframe, from, to, source } = wanted, found = new Map<number, Candle>();
  for (const row of rows) {
    const [open, candle] = readRow(row, timeframe, source);
    if (open < from || open >= to) continue;
    const same = found.get(open);
    if (same && !isSame(same, candle)) {
      throw new InputError(`${source} holds two candles of ${iso(open)} that differ`);
    }
    found.set(open, candle);
  }
  const sorted = new Map([...found].sort(([a], [b]) => a - b));
  checkCandles(Candles.fromRows(timeframe, [...sorted.values()]), timeframe, source);
  return sorted;
}

function readRow(row: unknown, timeframe: Timeframe, source: string): [number, Candle] {
  if (!Array.isArray(row) || row.length < 6) {
    throw new InputError(`${source} holds ${JSON.stringify(row)?.slice(0, 60)}, no candle`);
  }
  const [stamp, open, high, low, close, volume] = row.map((cell: unknown) => {
    return typeof cell === "number" ? cell : NaN;
  });
  if (!(stamp >= EARLIEST && stamp <= LATEST)) {
    throw new InputError(`${source} holds the time ${stamp}, which is not in milliseconds`);
  }
  if (!isBoundary(stamp, timeframe)) {
    throw new InputError(`${source} holds ${iso(stamp)}, at which no ${timeframe} candle opens`);
  }
  const time = intervalEnd(stamp, timeframe);
  return [stamp, { time, open, high, low, close, volume, trades: NaN, kind: "backfilled" }];
}

function isSame(a: Candle, b: Candle): boolean {
  return a.open === b.open && a.high === b.high && a.low === b.low && a.close === b.close &&
    a.volume === b.volume;
}
