import { allocateColumns, Candles, type Field } from "../../engine/market/candles.ts";
import type { Expression } from "../../engine/series/expression.ts";
import { Plan } from "../../engine/series/plan.ts";
import type { ParameterValues } from "../../engine/series/scalars.ts";

/** The values of named expressions over candles. */
export function evaluateAll<Name extends string>(
  expressions: Readonly<Record<Name, Expression>>,
  candles: Candles,
  parameters: ParameterValues = {},
): Record<Name, Float64Array> {
  const { timeframe, decimals, length } = candles, chunk = Math.max(1, length);
  const plan = new Plan(expressions, { timeframe, decimals, parameters, chunk });
  plan.advance(candles, 0, length);
  const read = Object.keys(expressions).map((name) => [name, plan.read(name)]);
  return Object.fromEntries(read) as Record<Name, Float64Array>;
}

/** The values of one expression over candles. */
export function evaluate(
  expression: Expression,
  candles: Candles,
  parameters: ParameterValues = {},
): Float64Array {
  return evaluateAll({ expression }, candles, parameters).expression;
}

/**
 * Minute candles whose columns hold any numbers at all, unknown ones too, so that operators are fed
 * what computed columns may hold; columns that are not given hold NaN.
 */
export function columnsOf(
  columns: Partial<Record<Field, ArrayLike<number>>>,
  decimals?: number,
): Candles {
  const length = Math.max(...Object.values(columns).map((column) => column.length));
  const allocated = allocateColumns(length);
  for (let i = 0; i < length; i++) allocated.time[i] = (i + 1) * 60_000;
  for (const field of ["open", "high", "low", "close", "volume"] as const) {
    allocated[field].fill(NaN);
    allocated[field].set(columns[field] ?? []);
  }
  return new Candles("1m", allocated, decimals);
}
