/** How many rows an operator is tried out on. */
export const ROWS = 257;

/** Numbers of about 100 that jump about, or prices that wander from a third to three times so much, and back. */
export type Level = "jumping" | number;

/** With these there are prices of every size, from a hundredth of a cent to ten millions. */
export const PRICES: readonly number[] = Array.from(
  { length: 12 },
  (_, decade) => 10 ** (decade - 4),
);

/**
 * The made rows of an input, the nth: with holes, or, if it `begins` late, with nothing before that row and
 * no hole after.
 */
export function madeColumn(
  type: "number" | "boolean",
  level: Level,
  column: number,
  begins?: number,
): Float64Array {
  return Float64Array.from({ length: ROWS }, (_, row) => {
    const isHole = begins === undefined ? (row + column) % 41 === 40 : row < begins;
    if (isHole) return NaN;
    return type === "boolean" ? noise(row, column) % 2 : madeNumber(level, row, column);
  });
}

function madeNumber(level: Level, row: number, column: number): number {
  return level === "jumping"
    ? 100 + noise(row, column) / 1_000
    : level * (wanders[column] ??= wander(column))[row];
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
