/** Longer texts are cut in messages. */
const MOST = 40;

/**
 * What a value is, in the few words that a message has for it: never what is in it, which may be a
 * million candles.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(describeValue("close"), 'the text "close"');
 * assert.equal(describeValue([1, 2, 3]), "a list of 3 values");
 * assert.equal(describeValue({ fast: 3, slow: 9 }), "an object with fast, slow");
 * ```
 */
export function describeValue(value: unknown): string {
  if (typeof value === "string") return `the text "${cut(value)}"`;
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? "a Date that is none" : "a Date";
  }
  if (value instanceof Promise) return "a promise: write await before what gives it";
  return describeObject(value);
}

function describeObject(value: object): string {
  if (Array.isArray(value) || value instanceof Float64Array) {
    return `a list of ${value.length} ${value.length === 1 ? "value" : "values"}`;
  }
  const has = (...names: string[]) => names.every((name) => name in value);
  if (has("columns", "column") && Array.isArray(Reflect.get(value, "columns"))) {
    return "a data frame";
  }
  if (has("values", "dtypes")) return "a column of a data frame";
  if (has("op", "inputs")) return `a series (${Reflect.get(value, "op")})`;
  const name = (value.constructor?.name ?? "Object").toLowerCase();
  if (name !== "object") {
    return /s$/.test(name) ? name : `a${/^[aeiou]/.test(name) ? "n" : ""} ${name}`;
  }
  const keys = Object.keys(value).join(", ");
  return keys === "" ? "an empty object" : `an object with ${cut(keys)}`;
}

function cut(text: string): string {
  return text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text;
}
