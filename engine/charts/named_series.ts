import type { Result } from "../research/result.ts";
import { Plan } from "../series/plan.ts";
import type { ValueType } from "../series/expression.ts";

/** A named series of a strategy, with one value for each row of the result; NaN is unknown. */
export interface NamedSeries {
  name: string;
  type: ValueType;
  values: Float64Array;
}

/**
 * The strategy's named series over the rows of a result, from a plan that sees the same candles from
 * the same first one on, so that the values are those of the run. Signals computed by hand have none.
 */
export function namedSeries(result: Result): NamedSeries[] {
  const { strategy, parameters, candles } = result;
  const expressions = strategy?.series ?? {};
  const series = Object.entries(expressions).map(([name, { type }]) => ({
    name,
    type,
    values: new Float64Array(candles.length),
  }));
  if (series.length === 0) return series;
  const { timeframe, decimals, length } = candles;
  const plan = new Plan(expressions, { timeframe, decimals, parameters });
  for (let from = 0; from < length; from += plan.chunk) {
    const to = Math.min(from + plan.chunk, length);
    plan.advance(candles, from, to);
    for (const { name, values } of series) values.set(plan.read(name), from);
  }
  return series;
}
