import { InputError } from "./errors.ts";
import { decimalsOf } from "./exact.ts";
import { type Gap, gapsBetween } from "./row_times.ts";
import { iso, type Time, utcTime } from "./time.ts";
import { openTime, type Timeframe } from "./timeframe.ts";

/** What a candle was made from: trades, a market that was silent, or the exchange's own record. */
export const KINDS = ["traded", "empty", "backfilled"] as const;
export type Kind = typeof KINDS[number];

/** One candle as a row. Times are UTC milliseconds; `time` is the close time (label right). */
export interface Candle {
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  /** Amount traded, in units of the base currency. */
  volume: number;
  /** Number of trades; NaN where the source does not say. */
  trades: number;
  kind: Kind;
}

/** The columns of a candle set; `kind` holds indexes into `KINDS`. */
export interface CandleColumns {
  time: Float64Array;
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  volume: Float64Array;
  trades: Float64Array;
  kind: Uint8Array;
  /** What longs pay to shorts, as a fraction of the position: only in `withFunding`'s candles. */
  funding?: Float64Array;
  /** What of it fell due in the gap before the candle, up to and with its open. */
  fundingInGap?: Float64Array;
  /** What of it fell due between its open and its close, without these. */
  fundingInside?: Float64Array;
  /** Other markets of the same exchange: only in `withInstruments`' candles. */
  instruments?: Instruments;
}

/**
 * Candles of other markets by symbol, as rows of a market's own: that of the same close time, NaN where
 * there is none.
 */
export type Instruments = Readonly<Record<string, Readonly<Record<Field, Float64Array>>>>;

/** The prices and volume of a candle: the columns that a strategy may read. */
export const FIELDS = ["open", "high", "low", "close", "volume"] as const;
export type Field = typeof FIELDS[number];

/** Zeroed columns for `length` candles, in shared memory so that workers read them in place. */
export function allocateColumns(length: number): CandleColumns {
  const doubles = () => new Float64Array(new SharedArrayBuffer(8 * length));
  return {
    time: doubles(),
    open: doubles(),
    high: doubles(),
    low: doubles(),
    close: doubles(),
    volume: doubles(),
    trades: doubles(),
    kind: new Uint8Array(new SharedArrayBuffer(length)),
  };
}

/**
 * Candles as columns, oldest first. `decimals` is the tick scale of the prices: with 2, every price
 * is a whole number of cents, and sums over windows are exact. It is `undefined` for prices that are
 * no decimal numbers (adjusted or computed ones).
 */
export class Candles implements CandleColumns {
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly trades: Float64Array;
  readonly kind: Uint8Array;
  readonly funding?: Float64Array;
  readonly fundingInGap?: Float64Array;
  readonly fundingInside?: Float64Array;
  readonly instruments?: Instruments;

  constructor(
    readonly timeframe: Timeframe,
    columns: CandleColumns,
    readonly decimals: number | undefined,
  ) {
    this.time = columns.time;
    this.open = columns.open;
    this.high = columns.high;
    this.low = columns.low;
    this.close = columns.close;
    this.volume = columns.volume;
    this.trades = columns.trades;
    this.kind = columns.kind;
    this.funding = columns.funding;
    this.fundingInGap = columns.fundingInGap;
    this.fundingInside = columns.fundingInside;
    this.instruments = columns.instruments;
  }

  /** Columns of candles given as rows; the tick scale is read off the prices unless given. */
  static fromRows(timeframe: Timeframe, rows: readonly Candle[], decimals?: number): Candles {
    const columns = allocateColumns(rows.length);
    rows.forEach((row, i) => {
      columns.time[i] = row.time;
      for (const field of FIELDS) columns[field][i] = row[field];
      columns.trades[i] = row.trades;
      columns.kind[i] = KINDS.indexOf(row.kind);
    });
    return new Candles(timeframe, columns, decimals ?? priceDecimals(columns));
  }

  get length(): number {
    return this.time.length;
  }

  /** Candle `i` as a row. */
  row(i: number): Candle {
    return {
      time: this.time[i],
      open: this.open[i],
      high: this.high[i],
      low: this.low[i],
      close: this.close[i],
      volume: this.volume[i],
      trades: this.trades[i],
      kind: KINDS[this.kind[i]],
    };
  }

  /** Every candle as a row. */
  rows(): Candle[] {
    return Array.from({ length: this.length }, (_, i) => this.row(i));
  }

  /** The candles `from` to `to` (exclusive) as a view: nothing is copied. */
  slice(from: number, to: number): Candles {
    return new Candles(this.timeframe, {
      time: this.time.subarray(from, to),
      open: this.open.subarray(from, to),
      high: this.high.subarray(from, to),
      low: this.low.subarray(from, to),
      close: this.close.subarray(from, to),
      volume: this.volume.subarray(from, to),
      trades: this.trades.subarray(from, to),
      kind: this.kind.subarray(from, to),
      funding: this.funding?.subarray(from, to),
      fundingInGap: this.fundingInGap?.subarray(from, to),
      fundingInside: this.fundingInside?.subarray(from, to),
      instruments: this.instruments && eachInstrument(
        this.instruments,
        (column) => column.subarray(from, to),
      ),
    }, this.decimals);
  }

  /**
   * The candles that lie wholly within [from, to], as a view. Throws an `InputError` for what is no
   * time, and if `from` is after `to`.
   */
  between(from: Time, to: Time = Infinity): Candles {
    const begin = utcTime(from, "from"), end = utcTime(to, "to");
    if (begin > end) throw new InputError(`from (${iso(begin)}) is after to (${iso(end)})`);
    let first = 0, last = this.length;
    while (first < last && openTime(this.time[first], this.timeframe) < begin) first++;
    while (last > first && this.time[last - 1] > end) last--;
    return this.slice(first, last);
  }

  /** Where candles are missing between the first and the last. */
  gaps(): Gap[] {
    return gapsBetween(this);
  }
}

/** The same of each column. */
export function eachInstrument(
  instruments: Instruments,
  make: (column: Float64Array) => Float64Array,
): Instruments {
  const of = (columns: Instruments[string]) =>
    Object.fromEntries(FIELDS.map((field) => [field, make(columns[field])]));
  return Object.fromEntries(
    Object.entries(instruments).map(([symbol, columns]) => [symbol, of(columns)]),
  ) as Instruments;
}

/** The fewest decimals that write every price of `columns` exactly, if there are any. */
export function priceDecimals(
  columns: Pick<CandleColumns, "open" | "high" | "low" | "close">,
): number | undefined {
  let decimals: number | undefined = 0;
  for (const prices of [columns.open, columns.high, columns.low, columns.close]) {
    decimals = decimalsOf(prices, decimals);
    if (decimals === undefined) return undefined;
  }
  return decimals;
}
