/**
 * Which of some things nothing else is better than: another one beats a thing if it is at least as good
 * in every number and better in one. `columns` are the numbers, by thing, the more the better; what has
 * one that is unknown (NaN) is never among them. They come by the first number, the best first, and of
 * equals the earlier one first; things with the same numbers are there together.
 *
 * Each is compared with those that are kept before it, which alone can beat it (H. T. Kung, F. Luccio and
 * F. P. Preparata, "On Finding the Maxima of a Set of Vectors", JACM 22(4), 1975, order them so).
 *
 * ```ts
 * import assert from "node:assert/strict";
 * const gain = Float64Array.of(3, 2, 1, 2), calm = Float64Array.of(1, 2, 2, 1);
 * assert.deepEqual(front([gain, calm]), [0, 1]); // 2 and 3 are beaten by 1
 * ```
 */
export function front(columns: readonly Float64Array[]): number[] {
  const known = [...columns[0].keys()].filter((at) =>
    columns.every((column) => !Number.isNaN(column[at]))
  );
  // By all numbers in turn, so that what beats a thing stands before it.
  known.sort((a, b) => {
    for (const column of columns) if (column[a] !== column[b]) return column[b] - column[a];
    return a - b;
  });
  const kept: number[] = [];
  for (const at of known) {
    if (!kept.some((other) => beats(columns, other, at))) kept.push(at);
  }
  return kept;
}

function beats(columns: readonly Float64Array[], one: number, other: number): boolean {
  let isBetter = false;
  for (const column of columns) {
    if (column[one] < column[other]) return false;
    if (column[one] > column[other]) isBetter = true;
  }
  return isBetter;
}
