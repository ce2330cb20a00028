import { decimalsOf } from "../../market/exact.ts";

/** Fractions get this many digits, and never fewer than two decimals. */
const DIGITS = 5;

/** Names of columns whose numbers are UTC milliseconds. */
const TIME = /^(time|timestamp|close time)$|Time$/;

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
  decimals?: number,
): ColumnCells {
  const numbers = values.filter((value) => typeof value === "number" && Number.isFinite(value));
  if (TIME.test(name) && numbers.length > 0) {
    return { name: `${name} (UTC)`, right: true, cells: timeCells(values) };
  }
  const format = numberFormat(numbers as number[], decimals);
  const cells = values.map((value) => cell(value, format));
  const texts = values.some((value) => typeof value === "string");
  return { name, right: !texts, cells };
}

function cell(value: unknown, format: Intl.NumberFormat): string {
  if (value === undefined || value === null || Number.isNaN(value)) return "—";
  if (typeof value === "number" && Number.isFinite(value)) return format.format(value);
  return value instanceof Date ? value.toISOString() : String(value);
}

/** As few decimals as write all of them exactly, but no more digits than a person reads. */
function numberFormat(numbers: readonly number[], known: number | undefined): Intl.NumberFormat {
  const decimals = known ?? fewestDecimals(numbers);
  return new Intl.NumberFormat("en-US", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: "negative",
  });
}

function fewestDecimals(numbers: readonly number[]): number {
  const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const readable = Math.max(2, DIGITS - 1 - Math.floor(Math.log10(largest || 1)));
  const exact = decimalsOf(numbers) ?? readable;
  // 0.5 and 2 are 0.50 and 2.00; whole numbers stay whole.
  return exact === 0 ? 0 : Math.min(Math.max(exact, 2), readable, 100);
}

/** To the minute, unless one of them needs the second or less. */
function timeCells(values: readonly unknown[]): string[] {
  const times = values.filter((value) => typeof value === "number");
  const length = times.every((time) => time % 60_000 === 0)
    ? 16
    : times.every((time) => time % 1_000 === 0)
    ? 19
    : 23;
  return values.map((value) =>
    typeof value === "number" && Math.abs(value) <= 8.64e15
      ? new Date(value).toISOString().slice(0, length).replace("T", " ")
      : "—"
  );
}
