import { closest } from "fastest-levenshtein";
import { InputError } from "./errors.ts";

const SECOND = 1_000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

const FIXED = {
  "1s": SECOND,
  "1m": MINUTE,
  "3m": 3 * MINUTE,
  "5m": 5 * MINUTE,
  "15m": 15 * MINUTE,
  "30m": 30 * MINUTE,
  "1h": HOUR,
  "2h": 2 * HOUR,
  "4h": 4 * HOUR,
  "6h": 6 * HOUR,
  "8h": 8 * HOUR,
  "12h": 12 * HOUR,
  "1d": DAY,
  "3d": 3 * DAY,
  "1w": 7 * DAY,
} as const;

/** The length of a candle. `1M` is a calendar month and `1m` a minute. */
export type Timeframe = keyof typeof FIXED | "1M";

/** Every timeframe, from the shortest to the longest. */
export const TIMEFRAMES = [...Object.keys(FIXED), "1M"] as readonly Timeframe[];

/** Weeks begin on Monday: the first Monday after the epoch, 1970-01-05. */
const FIRST_MONDAY = 4 * DAY;

/** Whether a candle covers [start, end), `left`, or (start, end], `right`. */
export type Closed = "left" | "right";

/**
 * Reads a timeframe. Throws an `InputError` with the nearest known one.
 *
 * ```ts
 * parseTimeframe("15m"); // "15m"
 * ```
 */
export function parseTimeframe(text: string): Timeframe {
  if ((TIMEFRAMES as readonly string[]).includes(text)) return text as Timeframe;
  throw new InputError(
    `Unknown timeframe "${text}": did you mean "${meant(text) ?? closest(text, TIMEFRAMES)}"? ` +
      `Known are ${TIMEFRAMES.join(" ")}`,
  );
}

/** What other programs call them: units by their first letter, which alone stands for one of it. */
const UNITS: Readonly<Record<string, number>> = {
  s: SECOND,
  m: MINUTE,
  h: HOUR,
  d: DAY,
  w: 7 * DAY,
};

/**
 * The timeframe whose length is nearest to what another way of writing one says: 240 (minutes) and D as in
 * Pine, H4 and MN as in MetaTrader, 60m, 1day, 4hours. `undefined` where a text says no length.
 */
function meant(text: string): Timeframe | undefined {
  if (/^(\d*M|MN1?|\d*mo\w*)$/.test(text)) return "1M";
  const [, before, unit, behind] = /^(\d*)\s*([smhdw])?[a-z]*(\d*)$/i.exec(text) ?? [];
  if (!before && !behind && unit === undefined) return undefined;
  const length = Number(before || behind || 1) * UNITS[(unit ?? "m").toLowerCase()];
  const off = (timeframe: Timeframe) => Math.abs(Math.log(nominalLength(timeframe) / length));
  return TIMEFRAMES.reduce((nearest, one) => off(one) < off(nearest) ? one : nearest);
}

/** The usual length of a timeframe in milliseconds; 30 days for `1M`. */
export function nominalLength(timeframe: Timeframe): number {
  return timeframe === "1M" ? 30 * DAY : FIXED[timeframe];
}

/** The start of the interval [start, end) that holds `time` (UTC milliseconds). */
export function intervalStart(time: number, timeframe: Timeframe): number {
  if (timeframe === "1M") {
    const date = new Date(time);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  }
  const length = FIXED[timeframe], origin = timeframe === "1w" ? FIRST_MONDAY : 0;
  return Math.floor((time - origin) / length) * length + origin;
}

/** The end of the interval that starts at `start`. */
export function intervalEnd(start: number, timeframe: Timeframe): number {
  if (timeframe !== "1M") return start + FIXED[timeframe];
  const date = new Date(start);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

/**
 * The label (close time) of the candle to which something at `time` belongs.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * const nine05 = Date.UTC(2024, 0, 1, 9, 5);
 * assert.equal(closeTime(nine05, "5m"), nine05 + 300_000); // [open, close), as exchanges do it
 * assert.equal(closeTime(nine05, "5m", "right"), nine05); // (open, close]
 * ```
 */
export function closeTime(time: number, timeframe: Timeframe, closed: Closed = "left"): number {
  const inside = closed === "left" ? time : time - 1;
  return intervalEnd(intervalStart(inside, timeframe), timeframe);
}

/** The open time of the candle labelled `close`. */
export function openTime(close: number, timeframe: Timeframe): number {
  return timeframe === "1M" ? intervalStart(close - 1, timeframe) : close - FIXED[timeframe];
}

/** Whether `time` lies on the timeframe's grid. */
export function isBoundary(time: number, timeframe: Timeframe): boolean {
  return intervalStart(time, timeframe) === time;
}

/** Whether every boundary of `coarse` is one of `fine`, so that candles may be resampled. */
export function nests(fine: Timeframe, coarse: Timeframe): boolean {
  if (fine === coarse) return true;
  if (fine === "1M") return false;
  if (coarse === "1M" || coarse === "1w") return DAY % FIXED[fine] === 0;
  return fine !== "1w" && FIXED[coarse] % FIXED[fine] === 0;
}
