import { additionError } from "../../../market/exact.ts";
import type { KernelContext } from "../../operator.ts";
import { beginsAnew } from "../statistics/refresh.ts";

/** Doubles that `LinearSums` keeps. */
export const LINEAR_SUM_SLOTS = 5;

/**
 * The sum of the last `window` rows, and their sum weighted 1, 2, … from the oldest to the newest, one row
 * after another. Over whole ticks both are exact; over derived columns they are compensated and added
 * anew at rows fixed by absolute time. An unknown row counts as 0; `known` says how many are known.
 */
class LinearSums {
  known: number;
  private sum: number;
  private sumLost: number;
  private total: number;
  private totalLost: number;

  constructor(state: Float64Array) {
    [this.known, this.sum, this.sumLost, this.total, this.totalLost] = state;
  }

  save(state: Float64Array): void {
    state.set([this.known, this.sum, this.sumLost, this.total, this.totalLost]);
  }

  /** The plain sum. */
  get plain(): number {
    return this.sum + this.sumLost;
  }

  /** The sum with the oldest row once and the newest `window` times. */
  get weighted(): number {
    return this.total + this.totalLost;
  }

  /** Takes row `i` of `x` in, and row `i - window` out. */
  slide(x: Float64Array, i: number, window: number): void {
    const leaving = x[i - window], entering = x[i];
    this.weigh(-this.sum);
    this.weigh(-this.sumLost);
    if (leaving - leaving === 0) {
      this.add(-leaving);
      this.known--;
    }
    if (entering - entering !== 0) return;
    this.add(entering);
    this.weigh(window * entering);
    this.known++;
  }

  /** Adds the window that ends with row `i` anew. */
  addAnew(x: Float64Array, i: number, window: number): void {
    this.known =
      this.sum =
      this.sumLost =
      this.total =
      this.totalLost =
        0;
    for (let weight = 1; weight <= window; weight++) {
      const value = x[i - window + weight];
      if (value - value !== 0) continue;
      this.add(value);
      this.weigh(weight * value);
      this.known++;
    }
  }

  private add(value: number): void {
    const sum = this.sum + value;
    this.sumLost += additionError(this.sum, value, sum);
    this.sum = sum;
  }

  private weigh(value: number): void {
    const total = this.total + value;
    this.totalLost += additionError(this.total, value, total);
    this.total = total;
  }
}

/**
 * Fills the columns that are given with these sums over the last `window` rows, unknown while a row of the
 * window is. Over candle prices they are in whole ticks, so that one division gives the final number: what
 * is returned is how many there are to a unit.
 */
export function fillLinearSums(
  x: Float64Array,
  columns: { plain?: Float64Array; weighted: Float64Array },
  state: Float64Array,
  from: number,
  to: number,
  context: KernelContext,
): number {
  const { ticks, scale, args: { window } } = context, sums = new LinearSums(state);
  const { plain, weighted } = columns;
  for (let i = from; i < to; i++) {
    if (ticks) sums.slide(ticks, i, window);
    else if (beginsAnew(context, i)) sums.addAnew(x, i, window);
    else sums.slide(x, i, window);
    weighted[i] = NaN;
    if (plain) plain[i] = NaN;
    if (sums.known !== window) continue;
    weighted[i] = sums.weighted + 0;
    if (plain) plain[i] = sums.plain + 0;
  }
  sums.save(state);
  return ticks ? scale : 1;
}
