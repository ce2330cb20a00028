import { describeValue } from "../../market/describe_value.ts";
import { InputError } from "../../market/errors.ts";

/** Values that a parameter is to take: a list, one value, or a text such as "5..50" or "20..200:5". */
export type ParameterRange = string | number | readonly (number | string)[];

/** The most values that one parameter takes. */
const MOST = 1_000_000;

/** Only the first number may begin with its point: "0...5" would be two things. */
const RANGE = /^(-?(?:\d+(?:\.\d+)?|\.\d+))\.\.(-?\d+(?:\.\d+)?)(?::(\d+(?:\.\d+)?|\.\d+))?$/;

/** A number as people write it; `Number` would take "0x10", too. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * The values of a range. "5..50" is 5, 6, … 50; "20..200:5" is 20, 25, … 200; "5,8,13" is these three;
 * what is no number is a text. Throws an `InputError` that begins with `path` for what is no range.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(rangeValues("0.1..0.3:0.1", "level"), [0.1, 0.2, 0.3]);
 * assert.deepEqual(rangeValues("open, close", "source"), ["open", "close"]);
 * ```
 */
export function rangeValues(range: ParameterRange, path: string): (number | string)[] {
  if (typeof range === "number") return [range];
  if (Array.isArray(range) && range.length > 0) {
    return [...new Set(range.map((one) => valueOf(one, path)))];
  }
  if (typeof range !== "string" || range.trim() === "") {
    throw new InputError(
      `${path} is ${describeValue(range)}, but must be values to try: a list, or a text such as ` +
        `"5..50", "20..200:5" or "5,8,13"`,
    );
  }
  const parts = range.trim().match(RANGE);
  return parts
    ? steps(parts, path)
    : rangeValues(range.split(",").map((part) => part.trim()), path);
}

/**
 * The ends of a range without a step, "0.5..3": both are values that may be, and all between. Of anything
 * else, undefined.
 */
export function openRange(
  range: ParameterRange,
  path: string,
): [from: number, to: number] | undefined {
  const parts = typeof range === "string" ? range.trim().match(RANGE) : null;
  if (parts === null || parts[3] !== undefined) return undefined;
  const [from, to] = [Number(parts[1]), Number(parts[2])];
  if (from < to) return [from, to];
  throw new InputError(`${path}: "${range}" goes nowhere: it is FROM..TO, with FROM below TO`);
}

/** What is said of a text that is to be numbers and is none. */
export function noRange(range: string, path: string): InputError {
  return new InputError(
    `${path} is "${range}", which are no numbers to try: it is FROM..TO, as "5..50", or FROM..TO:STEP, as ` +
      `"20..200:5", with a STEP above 0, or numbers with commas, as "5,8,13"`,
  );
}

function valueOf(value: unknown, path: string): number | string {
  if (typeof value === "number") return value;
  if (typeof value === "string" && value !== "") {
    return NUMBER.test(value) && Number.isFinite(Number(value)) ? Number(value) : value;
  }
  throw new InputError(`${path} has ${describeValue(value)} in it: a value is a number or a text`);
}

/** Whole steps of decimals are decimals again: 0.1, 0.2, 0.3 and not 0.30000000000000004. */
function steps([text, first, last, step = "1"]: string[], path: string): number[] {
  const [from, to, by] = [first, last, step].map(Number);
  if (!(from <= to && by > 0)) {
    throw new InputError(
      `${path}: "${text}" goes nowhere: it is FROM..TO:STEP, with FROM ≤ TO and STEP above 0`,
    );
  }
  const decimals = Math.max(...[first, last, step].map((one) => one.split(".")[1]?.length ?? 0));
  const [start, end, stride] = [from, to, by].map((one) => Math.round(one * 10 ** decimals));
  const count = Math.floor((end - start) / stride) + 1;
  if (!(count <= MOST)) {
    throw new InputError(`${path}: "${text}" has ${count} values; ${MOST} are the most`);
  }
  return Array.from({ length: count }, (_, i) => (start + i * stride) / 10 ** decimals);
}
