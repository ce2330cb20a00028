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
 * The strategy's named series over the rows of a result, from a plan that is told what the run was
 * told and sees the same candles from the same first one on, so that the values are those of the run.
 * Signals computed by hand have none.
 */
export function namedSeries(result: Result): NamedSeries[] {
  const { spec, candles, seen } = result, { length } = seen;
  const expressions = spec?.strategy.series ?? {}, named = Object.entries(expressions);
  if (!spec || named.length === 0) return [];
  const all = named.map(([name, { type }]) => {
    return { name, type, values: new Float64Array(length) };
  });
  const plan = new Plan(expressions, spec);
  for (let from = 0; from < length; from += plan.chunk) {
    const to = Math.min(from + plan.chunk, length);
    plan.advance(seen, from, to);
    for (const { name, values } of all) values.set(plan.read(name), from);
  }
  const before = length - candles.length;
  return all.map(({ name, type, values }) => ({ name, type, values: values.subarray(before) }));
}
