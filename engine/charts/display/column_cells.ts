import { decimalsOf } from "../../market/exact.ts";

/** Fractions get this many digits, and never fewer than two decimals. */
const DIGITS = 5;

/** Names of columns whose numbers are UTC milliseconds, and of such as may be. */
const TIMES = /^(time|timestamp|close time|entryTime|exitTime)$/, PERHAPS = /Time$/;

/** From here on a number is rather a time than a count or a length: 1973, in milliseconds. */
const OLDEST = 1e11;

/** Whether a column holds times; a `holdTime` of 3,600 is none. */
export function isTimeColumn(name: string, values: ArrayLike<unknown>): boolean {
  return TIMES.test(name) || (PERHAPS.test(name) && areTimes(values));
}

/** Whether all numbers among values are as large as times in milliseconds, and there are some. */
export function areTimes(values: ArrayLike<unknown>): boolean {
  const numbers = Array.from(values).filter(isNumber);
  return numbers.length > 0 && numbers.every((it) => it >= OLDEST && Number.isInteger(it));
}

/** Names of columns whose numbers are prices. */
const PRICE = /^(open|high|low|close)$|[pP]rice$/;

/** A column whose numbers are years: 2024, not 2,024. */
const YEAR = "year";

/** What is known of a column better than from its name and values. */
export interface CellOptions {
  /** Decimals of its numbers. */
  decimals?: number;
  /** Whether the number in a row is a time; by default the column's name decides. */
  isTime?: (row: number) => boolean;
  /** What stands behind the name of a column of times: `UTC`. */
  unit?: string;
}

/** A column as it is printed: what is unknown as "—", times in UTC, numbers with like decimals. */
export interface ColumnCells {
  name: string;
  /** Whether it is flush right. */
  right: boolean;
  cells: string[];
}

/**
 * The cells of a column as texts.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(columnCells("close", [61766.2, NaN]).cells, ["61,766.20", "—"]);
 * assert.deepEqual(columnCells("share", [0.00012345678, 12]).cells, ["0.00012346", "12.000"]);
 * assert.deepEqual(columnCells("year", [2024]).cells, ["2024"]);
 * assert.deepEqual(columnCells("exitTime", [0]), {
 *   name: "exitTime (UTC)",
 *   right: true,
 *   cells: ["1970-01-01 00:00"],
 * });
 * ```
 */
export function columnCells(
  name: string,
  values: readonly unknown[],
  { decimals, isTime, unit = "UTC" }: CellOptions = {},
): ColumnCells {
  const allTimes = isTimeColumn(name, values);
  const times = values.map((value, row) => isNumber(value) && (isTime?.(row) ?? allTimes));
  const numbers = values.filter((value, row): value is number => isNumber(value) && !times[row]);
  const format = numberFormat(
    numbers,
    decimals ?? (PRICE.test(name) ? exactly(numbers) : undefined),
    name !== YEAR,
  );
  const written = timeTexts(values.filter((_, row) => times[row]) as number[]);
  const cells = values.map((value, row) => times[row] ? written.shift()! : cell(value, format));
  const anyTime = times.includes(true), texts = values.some((value) => typeof value === "string");
  return { name: anyTime ? `${name} (${unit})` : name, right: anyTime || !texts, cells };
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function cell(value: unknown, format: Intl.NumberFormat): string {
  if (value === undefined || value === null || Number.isNaN(value)) return "—";
  if (isNumber(value)) return numberText(value, format);
  return value instanceof Date ? value.toISOString() : String(value);
}

/** What the column's decimals would make 0 of, though it is not, has digits of its own. */
function numberText(value: number, format: Intl.NumberFormat): string {
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 0;
  const vanishes = value !== 0 && Math.abs(value) < 0.5 * 10 ** -decimals;
  return vanishes ? String(Number(value.toPrecision(DIGITS))) : format.format(value);
}

/** As few decimals as write all of them exactly, but no more digits than a person reads. */
function numberFormat(
  numbers: readonly number[],
  known: number | undefined,
  useGrouping: boolean,
): Intl.NumberFormat {
  const decimals = known ?? fewestDecimals(numbers);
  return new Intl.NumberFormat("en-US", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: "negative",
    useGrouping,
  });
}

function fewestDecimals(numbers: readonly number[]): number {
  const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const readable = Math.max(2, DIGITS - 1 - Math.floor(Math.log10(largest || 1)));
  const exact = decimalsOf(numbers) ?? readable;
  // 0.5 and 2 are 0.50 and 2.00; whole numbers stay whole.
  return exact === 0 ? 0 : Math.min(Math.max(exact, 2), readable, 100);
}

/** Of prices no digit is left out, if they have decimals at all; whole ones stay whole. */
function exactly(prices: readonly number[]): number | undefined {
  const decimals = decimalsOf(prices);
  return decimals === undefined || decimals === 0 ? decimals : Math.max(decimals, 2);
}

/** To the minute, unless one of them needs the second or less. */
function timeTexts(times: readonly number[]): string[] {
  const length = times.every((time) => time % 60_000 === 0)
    ? 16
    : times.every((time) => time % 1_000 === 0)
    ? 19
    : 23;
  return times.map((time) =>
    Math.abs(time) <= 8.64e15
      ? new Date(time).toISOString().slice(0, length).replace("T", " ")
      : "—"
  );
}
