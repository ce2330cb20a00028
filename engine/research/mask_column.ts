import { describeValue } from "../market/describe_value.ts";
import { InputError } from "../market/errors.ts";
import type { CandleSource } from "./candle_source.ts";

/** One value a candle: true or 1 fires; false, 0, NaN and null do not. */
export type Mask = ArrayLike<boolean | number | null> | { values: unknown };

/** The candles that a mask is for, as they were given, and their number. */
export interface Rows {
  source: CandleSource;
  length: number;
}

/**
 * A mask as numbers, 1 where it fires. Throws an `InputError` if it has not one value for each candle,
 * in their order, or another value than those.
 */
export function maskColumn(mask: Mask, name: string, rows: Rows): Float64Array {
  return Float64Array.from(rowsOf(mask, name, rows), (value, i) => {
    if (value === true || value === 1) return 1;
    if (value === false || value === 0 || value === null || value === undefined) return 0;
    if (Number.isNaN(value)) return 0;
    throw new InputError(
      `${name}[${i}] is ${describeValue(value)}, but must be true or false (1 or 0)`,
    );
  });
}

/**
 * Numbers as a column; null is unknown (NaN). Throws an `InputError` if there is not one for each
 * candle, in their order, or a value is no number.
 */
export function numberColumn(numbers: Mask, name: string, rows: Rows): Float64Array {
  return Float64Array.from(rowsOf(numbers, name, rows), (value, i) => {
    if (value === null || value === undefined) return NaN;
    if (typeof value === "number") return value;
    throw new InputError(`${name}[${i}] is ${describeValue(value)}, but must be a number`);
  });
}

function rowsOf(mask: Mask, name: string, { source, length }: Rows): ArrayLike<unknown> {
  const values = valuesOf(mask, name);
  if (values.length !== length) {
    throw new InputError(`${name} has ${values.length} values, but there are ${length} candles`);
  }
  checkOrder(indexOf(mask), indexOf(source), name);
  return values;
}

function valuesOf(mask: Mask, name: string): ArrayLike<unknown> {
  if (typeof mask !== "object" || mask === null) {
    throw new InputError(`${name} is ${mask}: give an array or a column of a frame`);
  }
  const found = "values" in mask && typeof mask.values !== "function" ? mask.values : mask;
  if (typeof (found as ArrayLike<unknown>)?.length === "number") return found as ArrayLike<unknown>;
  throw new InputError(`${name} is no list of values: give an array or a column of a frame`);
}

/** The labels of a danfo column's or frame's rows; other things have none. */
function indexOf(value: object): readonly unknown[] | undefined {
  const index = "index" in value ? value.index : undefined;
  return Array.isArray(index) ? index : undefined;
}

/** Refuses a column whose rows are in another order than the candles, as after sorting its values. */
function checkOrder(
  index: readonly unknown[] | undefined,
  candles: readonly unknown[] | undefined,
  name: string,
): void {
  if (index === undefined) return;
  const isSame = candles !== undefined && index.every((label, i) => label === candles[i]);
  if (isSame || index.every((label, i) => label === Number(index[0]) + i)) return;
  throw new InputError(
    `${name} may not be in the order of the candles: its index is ${
      index.slice(0, 3).join(", ")
    }, … ` +
      "Give a column with the index of their frame, or a list of its values in their order",
  );
}
