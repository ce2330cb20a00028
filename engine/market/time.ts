import { describeValue } from "./describe_value.ts";
import { InputError } from "./errors.ts";
import { givenTime, wholeMilliseconds } from "./parse_time.ts";

/**
 * A point in time as people give it: UTC milliseconds, a `Date`, or a text such as `2024-08-08 23:55`,
 * which is UTC where it names no zone.
 */
export type Time = number | Date | string;

/**
 * A point in time in UTC milliseconds; an infinite one lies before or after all others. `name` (such as
 * that of an option) begins the message of the `InputError` for anything else, and for numbers that
 * look like seconds, micro- or nanoseconds.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(utcTime("2024-08-08 23:55", "from"), 1723161300000);
 * assert.equal(utcTime(new Date(1723161300000), "from"), 1723161300000);
 * assert.throws(() => utcTime(NaN, "from"), { name: "InputError" });
 * ```
 */
export function utcTime(time: Time, name: string): number {
  if (typeof time === "string") return givenTime(time, name);
  const given = time instanceof Date ? time.getTime() : time;
  if (typeof given !== "number" || Number.isNaN(given)) {
    throw new InputError(
      `${name}: ${
        describeValue(time)
      } is no time: give UTC milliseconds, a Date or a text such as ` +
        `"2024-08-08 23:55"`,
    );
  }
  if (time instanceof Date || !Number.isFinite(given)) return given;
  return wholeMilliseconds(given, `${given}`, name);
}

/** A time as people read it: 2024-08-08T23:55:00Z. */
export function iso(time: number): string {
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString().replace(".000Z", "Z") : `${time}`;
}
