import { checkOptions } from "../market/check_options.ts";
import { describeValue } from "../market/describe_value.ts";
import { InputError } from "../market/errors.ts";
import { checkExpression } from "../series/check_expression.ts";
import { Expression } from "../series/expression.ts";
import { Plan } from "../series/plan.ts";
import type { ParameterValues } from "../series/scalars.ts";
import { candlesOf, type CandleSource } from "./candle_source.ts";

/** What an expression may need besides candles. */
export interface EvaluateOptions {
  /** The values of its parameters, if it has some. */
  params?: ParameterValues;
}

/**
 * The values of an expression over candles or a danfo frame of them, one a row: numbers, or 1 for
 * true and 0 for false, and NaN where it is unknown. They are what a backtest and a bot see, to the
 * bit. Throws an `InputError` for what is no series or no candles, for a condition where numbers belong or the
 * other way round, and for parameters without values.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Candles } from "../market/candles.ts";
 * import { close } from "../series/expression.ts";
 * import { sma } from "../series/operators/averages/sma.ts";
 *
 * const row = { open: 1, high: 3, low: 1, volume: 1, trades: 1, kind: "traded" as const };
 * const rows = [1, 2, 3].map((n) => ({ ...row, close: n, time: n * 60_000 }));
 * const candles = Candles.fromRows("1m", rows);
 * assert.deepEqual([...evaluate(sma(close, 2), candles)], [NaN, 1.5, 2.5]);
 * assert.deepEqual(sma(close, 2).on(candles), [NaN, 1.5, 2.5]);
 * ```
 */
export function evaluate(
  expression: Expression,
  source: CandleSource,
  options: EvaluateOptions = {},
): Float64Array {
  if (!(expression instanceof Expression)) {
    throw new InputError(
      `evaluate needs a series, such as sma(close, 14), but is given ${describeValue(expression)}`,
    );
  }
  checkOptions(options, ["params"], "evaluate");
  checkExpression(expression, expression.op);
  const { params = {} } = options;
  const candles = candlesOf(source, "evaluate(series, candles), or series.on(candles)");
  const { timeframe, decimals, length } = candles;
  const clock = { timeframe, decimals, inPlace: true };
  const plan = new Plan({ it: expression }, { ...clock, parameters: params });
  const values = new Float64Array(length);
  for (let from = 0; from < length; from += plan.chunk) {
    plan.advance(candles, from, Math.min(from + plan.chunk, length));
    values.set(plan.read("it"), from);
  }
  return values;
}

declare module "../series/expression.ts" {
  interface Expression {
    /**
     * Its values over candles or a danfo frame of them, as `evaluate` gives them, in an array as
     * danfo's `addColumn` wants it.
     */
    on(source: CandleSource, options?: EvaluateOptions): number[];
  }
}

// Put here and not into the class: an expression knows of no data, and series/ of no research.
Expression.prototype.on = function (source, options) {
  return Array.from(evaluate(this, source, options));
};
