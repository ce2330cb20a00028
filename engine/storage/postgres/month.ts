/** A calendar month in UTC, from `start` to `end` (exclusive, UTC milliseconds). */
export interface Month {
  /** Such as `2024-08`. */
  name: string;
  start: number;
  end: number;
}

/**
 * The month that a time (UTC milliseconds) is in, or the one so many months later.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(monthOf(Date.UTC(2024, 11, 31)).name, "2024-12");
 * assert.equal(monthOf(Date.UTC(2024, 11, 31), 1).start, Date.UTC(2025, 0, 1));
 * ```
 */
export function monthOf(time: number, later = 0): Month {
  const date = new Date(time), year = date.getUTCFullYear(), month = date.getUTCMonth() + later;
  const start = Date.UTC(year, month), end = Date.UTC(year, month + 1);
  return { name: new Date(start).toISOString().slice(0, 7), start, end };
}
