import type { Unit } from "./metric.ts";

const format = (options: Intl.NumberFormatOptions) =>
  new Intl.NumberFormat("en-US", { signDisplay: "negative", minimumFractionDigits: 2, ...options });

const DECIMAL = format({ maximumFractionDigits: 2 });
const PERCENT = format({ style: "percent", maximumFractionDigits: 2 });
const DAYS = format({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
const COUNT = format({ minimumFractionDigits: 0, maximumFractionDigits: 0 });

/** The largest fraction that is written out. */
const MOST = 1e4;

/** To the cent, or to four digits below 1: of a fee in bitcoin two decimals would show nothing. */
function money(value: number): string {
  const size = Math.abs(value);
  if (size >= 1) return DECIMAL.format(value);
  return format({ maximumFractionDigits: Math.min(3 - Math.floor(Math.log10(size)), 100) })
    .format(value);
}

const FORMATS: Record<Unit, (value: number) => string> = {
  money,
  // A few good days compounded to a year: how much it would be says nothing.
  fraction: (value) => value > MOST ? `>${COUNT.format(100 * MOST)}%` : PERCENT.format(value),
  ratio: (value) => DECIMAL.format(value),
  count: (value) => COUNT.format(value),
  days: (value) => DAYS.format(value),
};

/**
 * A metric as a person reads it, the same on every machine: thousands separated, fractions as
 * percentages, an unknown number as "—".
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(formatNumber(-1234567.891, "money"), "-1,234,567.89");
 * assert.equal(formatNumber(0.1234, "fraction"), "12.34%");
 * assert.equal(formatNumber(1e9, "fraction"), ">1,000,000%");
 * assert.equal(formatNumber(NaN, "ratio"), "—");
 * ```
 */
export function formatNumber(value: number, unit: Unit): string {
  return Number.isNaN(value) ? "—" : FORMATS[unit](value);
}
