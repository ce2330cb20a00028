import { InputError } from "./errors.ts";
import { numberCell } from "./number_cell.ts";

/** 1973 to 5138 in seconds; in milliseconds that would be 1970 to 1973. */
const SECONDS_FROM = 1e8, SECONDS_TO = 1e11;
/** 20240808 is more likely a date than six hours after the epoch. */
const COMPACT_DATE = /^\s*(19|20)\d{6}\s*$/;
/** 2023, or 202301. */
const YEAR_OR_MONTH = /^\s*(19|20)\d\d(\d\d)?\s*$/;
/** The first day that PostgreSQL reads as it is written, UTC milliseconds. */
const FIRST_MOMENT = Date.parse("0001-01-01T00:00Z");
/** The year 5138 in milliseconds; from here on a number counts micro- or nanoseconds. */
const FINER_FROM = 1e14;

/**
 * A point in time, in UTC milliseconds: a whole number of them, or an ISO date, which is UTC where it
 * names no zone. `place` (such as a file's line) begins the message of the `InputError` for anything
 * else, and for numbers that look like seconds, micro- or nanoseconds.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(parseTime("2024-08-08 23:55", "--from"), 1723161300000);
 * assert.equal(parseTime("1723161300000", "--from"), 1723161300000);
 * ```
 */
export function parseTime(text: string, place: string): number {
  const number = numberCell(text);
  if (Number.isNaN(number) || COMPACT_DATE.test(text)) return parseDate(text.trim(), place);
  return wholeMilliseconds(number, text, place);
}

/** The end of the year 9999, UTC milliseconds: a later time needs a sign that PostgreSQL does not read. */
export const LAST_MOMENT = 253_402_300_799_999;

/**
 * A point in time that somebody typed: as `parseTime`, but a bare year or month and a count from before
 * 1970 are refused, which would be seconds or minutes around the epoch. In a file they may be meant:
 * a series that was made up begins at 0. Times reach from the year 1 to 9999, as in the database.
 */
export function givenTime(text: string, place: string): number {
  if (YEAR_OR_MONTH.test(text) || numberCell(text) < 0) throw noTime(text.trim(), place);
  const time = parseTime(text, place);
  if (time >= FIRST_MOMENT && time <= LAST_MOMENT) return time;
  throw noTime(text.trim(), place);
}

/** A number of milliseconds since the epoch, as `parseTime` takes it; `text` is how it was written. */
export function wholeMilliseconds(number: number, text: string, place: string): number {
  const size = Math.abs(number);
  if (size >= SECONDS_FROM && size < SECONDS_TO) {
    throw new InputError(`${place}: ${text} looks like seconds; times are UTC milliseconds`);
  }
  if (size >= FINER_FROM) {
    throw new InputError(
      `${place}: ${text} looks like micro- or nanoseconds; times are UTC milliseconds`,
    );
  }
  if (Number.isInteger(number)) return number;
  throw new InputError(`${place}: ${text} is no whole number of milliseconds`);
}

const DATE =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i;

function parseDate(text: string, place: string): number {
  const [, day, time = "00:00", zone = "Z"] = DATE.exec(text) ?? [];
  const utc = /^(z|utc)$/i.test(zone) ? "Z" : zone.replace(/^(...):?/, "$1:");
  const parsed = day ? Date.parse(`${day}T${time}${utc}`) : NaN;
  if (!Number.isNaN(parsed) && isCalendarDay(day)) return parsed;
  throw noTime(text, place);
}

function noTime(text: string, place: string): InputError {
  return new InputError(
    `${place}: "${text}" is no time: give UTC milliseconds or a date like 2024-08-08 23:55`,
  );
}

/** `Date.parse` takes February 30 for March 1. */
function isCalendarDay(day: string): boolean {
  const parsed = Date.parse(`${day}T00:00Z`);
  return !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(day);
}
