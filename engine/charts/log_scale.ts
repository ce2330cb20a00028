import type { Range } from "./pane.ts";
import { roundTicks, type Ticks } from "./value_axis.ts";

/** A column without what a logarithmic scale has no place for: 0 and less is unknown. */
export function positive(values: Float64Array): Float64Array {
  return values.map((value) => value > 0 ? value : NaN);
}

/** What stands in each power of ten, from few to many. */
const MANTISSAS = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7], [
  1,
  1.2,
  1.5,
  2,
  2.5,
  3,
  4,
  5,
  6,
  7,
  8,
]];

/** About `count` round ticks of a range above 0, at much the same ratio to each other. */
export function logTicks(range: Range, count: number): Ticks {
  const all = MANTISSAS.map((mantissas) => multiples(mantissas, range));
  const values = all.findLast((values) => values.length <= count) ?? all[0];
  if (values.length < 3) return roundTicks(range, count);
  return { values, step: values[0] };
}

function multiples(mantissas: readonly number[], { low, high }: Range): number[] {
  const values: number[] = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
    for (const mantissa of mantissas) values.push(Number((mantissa * 10 ** power).toPrecision(6)));
  }
  return values.filter((value) => value >= low && value <= high);
}
