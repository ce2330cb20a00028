import { middle } from "./group_candles.ts";
import type { Shown } from "./shown.ts";
import type { Point } from "./thin_line.ts";

/** A column at the close of each bar, the last of the rows in it. */
export function closesOf(values: Float64Array, { bars: { bars }, first }: Shown): Point[] {
  return bars.map((bar) => [bar.time, values[first + bar.last - 1]]);
}

/** What a column is over each bar, from its known values; NaN where there are none. */
export interface Spread {
  mean: Point[];
  lowest: Point[];
  highest: Point[];
}

/** Mean and extremes of a column over each bar. */
export function spreadOf(values: Float64Array, { bars: { bars }, first }: Shown): Spread {
  const all = bars.map((bar) => spread(values.subarray(first + bar.first, first + bar.last)));
  const points = (of: "mean" | "lowest" | "highest") =>
    all.map((each, i): Point => [middle(bars[i]), each[of]]);
  return { mean: points("mean"), lowest: points("lowest"), highest: points("highest") };
}

function spread(values: Float64Array): Record<keyof Spread, number> {
  let sum = 0, count = 0, lowest = NaN, highest = NaN;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
    if (!(value >= lowest)) lowest = value;
    if (!(value <= highest)) highest = value;
  }
  return { mean: sum / count, lowest, highest };
}
