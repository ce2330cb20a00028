/** A point of a line; NaN is a break. */
export type Point = readonly [time: number, value: number];

/**
 * A line that looks like all of its points: for each of `columns` equal stretches of [from, to] the
 * first, the lowest, the highest and the last point, in their order. No extreme and no break is lost.
 * Lines that are short enough stay as they are.
 */
export function thinLine(
  time: ArrayLike<number>,
  value: ArrayLike<number>,
  { from, to, columns }: { from: number; to: number; columns: number },
): Point[] {
  const points: Point[] = [], point = (i: number) => points.push([time[i], value[i]]);
  if (time.length <= 4 * columns) {
    for (let i = 0; i < time.length; i++) point(i);
    return points;
  }
  const columnOf = (i: number) => Math.floor((time[i] - from) / (to - from) * columns);
  for (let i = 0; i < time.length;) {
    const first = i, column = columnOf(i), keep = new Set([first]);
    let low = first, high = first;
    for (; i < time.length && columnOf(i) === column; i++) {
      const known = !Number.isNaN(value[i]);
      if (i > first && known === Number.isNaN(value[i - 1])) keep.add(i - 1).add(i);
      if (known && !(value[i] >= value[low])) low = i;
      if (known && !(value[i] <= value[high])) high = i;
    }
    keep.add(low).add(high).add(i - 1);
    for (const row of [...keep].sort((a, b) => a - b)) point(row);
  }
  return points;
}
