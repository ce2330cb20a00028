/** How many rows an operator is tried out on. */
export const ROWS = 257;

/** Numbers of about 100 that jump about, or prices that wander from a third to three times so much, and back. */
export type Level = "jumping" | number;

/** With these there are prices of every size, from a hundredth of a cent to ten millions. */
export const PRICES: readonly number[] = Array.from(
  { length: 12 },
  (_, decade) => 10 ** (decade - 4),
);

/** A number of a made column; unknown before the first row. */
export function madeNumber(level: Level, row: number, column: number): number {
  if (row < 0) return NaN;
  return level === "jumping"
    ? 100 + noise(row, column) / 1_000
    : level * (wanders[column] ??= wander(column))[row];
}

/** A truth of a made column; unknown before the first row. */
export function madeTruth(row: number, column: number): number {
  return row < 0 ? NaN : noise(row, column) % 2;
}

/** A whole number from 0 to 10,006. */
const noise = (row: number, column: number) => ((row + 1) * 48_271 + column * 7_919) % 10_007;

const wanders: Float64Array[] = [];

/** The way of a price, as multiples of a level: up and down by the columns, and some percent a row. */
function wander(column: number): Float64Array {
  return Float64Array.from({ length: ROWS }, (_, row) => {
    const swing = 1.2 * Math.sin(2 * Math.PI * row / 171 + column);
    return Math.exp(swing + (noise(row, column) / 10_007 - 0.5) * 0.1);
  });
}
