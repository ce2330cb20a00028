import { describeValue } from "../../market/describe_value.ts";
import { InputError } from "../../market/errors.ts";

/** Values that a parameter is to take: a list, one value, or a text such as "5..50" or "20..200:5". */
export type ParameterRange = string | number | readonly (number | string)[];

/** The most values of one parameter that are listed. */
export const MOST_LISTED = 1_000_000;

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

/** The values of a range, by their place. */
export interface Steps {
  count: number;
  at(place: number): number;
  placeOf(value: number | string): number;
}

/**
 * What a range such as "5..500000000" or "20..200:5" goes through, however long it is; undefined of anything
 * else. Throws an `InputError` for one that goes nowhere.
 */
export function rangeSteps(range: ParameterRange, path: string): Steps | undefined {
  const parts = typeof range === "string" ? range.trim().match(RANGE) : null;
  return parts === null ? undefined : stepsOf(parts, path);
}

function steps(parts: string[], path: string): number[] {
  const { count, at } = stepsOf(parts, path);
  if (!(count <= MOST_LISTED)) {
    throw new InputError(`${path}: "${parts[0]}" has ${count} values; ${MOST_LISTED} are the most`);
  }
  return Array.from({ length: count }, (_, i) => at(i));
}

/** Whole steps of decimals are decimals again: 0.1, 0.2, 0.3 and not 0.30000000000000004. */
function stepsOf([text, first, last, step]: string[], path: string): Steps {
  const [from, to, by] = [first, last, step ?? "1"].map(Number);
  if (!(from <= to && by > 0)) {
    throw new InputError(
      `${path}: "${text}" goes nowhere: it is FROM..TO:STEP, with FROM ≤ TO and STEP above 0`,
    );
  }
  const texts = [first, last, step ?? "1"];
  const scale = 10 ** Math.max(...texts.map((one) => one.split(".")[1]?.length ?? 0));
  const [start, end, stride] = [from, to, by].map((one) => Math.round(one * scale));
  const count = Math.floor((end - start) / stride) + 1;
  if (step === undefined && from < to && count === 1) throw oneValue(text, from, to, path);
  return {
    count,
    at: (place) => (start + place * stride) / scale,
    placeOf: (value) => Math.round((Number(value) * scale - start) / stride),
  };
}

/** Whoever writes "0.01..0.05" means more than 0.01. */
function oneValue(text: string, from: number, to: number, path: string): InputError {
  const digits = -Math.floor(Math.log10(to - from) + 1e-9);
  return new InputError(
    `${path}: "${text}" goes in steps of 1, which makes ${from} its only value: give a step, such as ` +
      `"${text}:${(10 ** -digits).toFixed(Math.max(0, digits))}"`,
  );
}
