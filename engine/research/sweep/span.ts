import type { Candles } from "../../market/candles.ts";
import { BlockRanges } from "../../series/block_ranges.ts";
import type { Periods } from "./periods.ts";

/** For so many sets the ranges of closes are worth their while. */
const MANY_SETS = 4;

/** Candles that all sets take together, and where they lie in the columns of the plan. */
export class Span {
  from = 0;
  to = 0;
  /** What is added to a row of the candles to have that of the plan. */
  toPlan = 0;
  /** The periods that end in it: from the first to the one before the end. */
  firstPeriod = 0;
  endPeriod = 0;
  /**
   * Sums of the returns of the closes up to each row, and of their squares: who holds nothing but units earns
   * these, however many sets do. Empty unless each candle is a period.
   */
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  /** Ranges of the closes, from `from` on; none if few sets would look at them. */
  readonly ranges: BlockRanges | undefined;

  constructor(readonly candles: Candles, readonly periods: Periods, chunk: number, sets: number) {
    if (sets >= MANY_SETS) this.ranges = new BlockRanges(chunk);
    const rows = periods.isEachCandle ? chunk : 0;
    this.sums = new Float64Array(rows);
    this.squares = new Float64Array(rows);
  }

  /** Goes on to the rows [from, to), which are at `begin` in the plan's columns. */
  move(from: number, to: number, begin: number): void {
    const { lastRows } = this.periods;
    this.from = from;
    this.to = to;
    this.toPlan = begin - from;
    this.firstPeriod = this.endPeriod;
    while (this.endPeriod < lastRows.length && lastRows[this.endPeriod] < to) this.endPeriod++;
    if (this.periods.isEachCandle) this.addReturns();
    this.ranges?.find(this.candles.close, from, to);
  }

  private addReturns(): void {
    const { candles: { close }, from, to, sums, squares } = this;
    let sum = 0, square = 0;
    for (let i = from + 1; i < to; i++) {
      const gain = (close[i] - close[i - 1]) / close[i - 1];
      sums[i - from] = sum += gain;
      squares[i - from] = square += gain * gain;
    }
  }
}

/** A set of parameters at work. */
export interface Lane {
  take(span: Span): void;
}
