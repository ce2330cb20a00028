import { BLOCK_ROWS } from "../../series/block_ranges.ts";
import type { Span } from "./span.ts";
import type { Tally } from "./tally.ts";

/** Cash that is less than this part of the equity is what rounding left. */
const NOTHING = 1e-14;

/** Folds the equity of one set into its tally, stretch by stretch over which nothing is bought or sold. */
export class Marks {
  private period = 0;

  constructor(private readonly tally: Tally) {}

  /** Begins a span. */
  begin({ firstPeriod }: Span): void {
    this.period = firstPeriod;
  }

  /** Notes that over the rows [from, to) of a span equity is `cash` and so many units at the close. */
  mark(span: Span, cash: number, units: number, from: number, to: number): void {
    if (from === to) return;
    const { tally } = this, { close } = span.candles;
    if (span.periods.isEachCandle) this.addReturns(span, cash, units, from, to);
    else this.endPeriods(span, cash, units, from, to);
    if (units === 0) this.markRows(span, cash, units, from, from + 1);
    else this.markBlocks(span, cash, units, from, to);
    tally.last = cash + units * close[to - 1];
  }

  /** By whole blocks, where their ranges are known: equity goes with the close, or against it. */
  private markBlocks(span: Span, cash: number, units: number, from: number, to: number): void {
    const { tally } = this, { ranges, from: start } = span;
    const first = Math.ceil((from - start) / BLOCK_ROWS);
    const end = Math.floor((to - start) / BLOCK_ROWS);
    if (ranges === undefined || end <= first) return this.markRows(span, cash, units, from, to);
    const best = units > 0 ? ranges.high : ranges.low, worst = units > 0 ? ranges.low : ranges.high;
    this.markRows(span, cash, units, from, start + first * BLOCK_ROWS);
    for (let block = first; block < end; block++) {
      if (cash + units * best[block] > tally.peak) {
        const row = start + block * BLOCK_ROWS;
        this.markRows(span, cash, units, row, row + BLOCK_ROWS);
        continue;
      }
      const depth = (cash + units * worst[block]) / tally.peak;
      if (depth < tally.lowest) tally.lowest = depth;
    }
    this.markRows(span, cash, units, start + end * BLOCK_ROWS, to);
  }

  private markRows(
    { candles: { close } }: Span,
    cash: number,
    units: number,
    from: number,
    to: number,
  ): void {
    const { tally } = this;
    let { peak, lowest } = tally, floor = lowest * peak;
    for (let i = from; i < to; i++) {
      const worth = cash + units * close[i];
      if (worth > peak) {
        peak = worth;
        floor = lowest * peak;
      } else if (worth < floor) {
        lowest = worth / peak;
        floor = worth;
      }
    }
    tally.peak = peak;
    tally.lowest = lowest;
  }

  private endPeriods(span: Span, cash: number, units: number, from: number, to: number): void {
    const { ends, last } = this.tally, { endPeriod, periods: { lastRows }, candles } = span;
    for (; this.period < endPeriod && lastRows[this.period] < to; this.period++) {
      const row = lastRows[this.period];
      ends[this.period] = row < from ? last : cash + units * candles.close[row];
    }
  }

  private addReturns(span: Span, cash: number, units: number, from: number, to: number): void {
    const { tally } = this, { candles: { close }, sums, squares, from: start } = span;
    let before = tally.last;
    if (before <= 0) return;
    const worth = cash + units * close[from];
    tally.earn((worth - before) / before, from, worth);
    if (units === 0) return;
    if (Math.abs(cash) < NOTHING * worth) {
      tally.sum.add(sums[to - 1 - start] - sums[from - start]);
      tally.squares.add(squares[to - 1 - start] - squares[from - start]);
      return;
    }
    before = worth;
    for (let i = from + 1; i < to && before > 0; i++) {
      const now = cash + units * close[i];
      tally.earn((now - before) / before, i, now);
      before = now;
    }
  }
}
