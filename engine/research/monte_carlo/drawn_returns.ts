import { InputError } from "../../market/errors.ts";
import { periodEnds } from "../../metrics/period_ends.ts";
import { periodEquity } from "../../metrics/period_equity.ts";
import { periodReturns } from "../../metrics/period_returns.ts";
import type { MetricsSettings } from "../../metrics/settings.ts";
import type { MeasuredResult } from "../measured_result.ts";
import { eachDrawn } from "../stationary_bootstrap.ts";
import { compounded, type Drawing } from "./drawing.ts";

/** The fewest returns of which something can be drawn. */
const FEWEST = 8;

/**
 * The returns of the periods (days, unless the settings say otherwise), drawn in stretches of `stretch`
 * periods on average by `eachDrawn`, so that what follows on each other does so still. Throws an
 * `InputError` for fewer than eight periods.
 */
export function drawnReturns(
  { performance }: MeasuredResult,
  { period }: MetricsSettings,
  stretch: number,
): Drawing {
  const balance = performance.initialBalance;
  const returns = periodReturns(balance, periodEquity(performance, period)), { length } = returns;
  if (length < FEWEST) {
    throw new InputError(`Cannot draw returns: there are ${length}, but it takes ${FEWEST}`);
  }
  return {
    axis: periodEnds(performance.rows, period).slice(0, length),
    unit: "time",
    balance,
    found: compounded(balance, length, (i) => returns[i]),
    draw(random) {
      const drawn = new Float64Array(length);
      let count = 0;
      eachDrawn(length, stretch, random, (place) => drawn[count++] = returns[place]);
      return compounded(balance, length, (i) => drawn[i]);
    },
  };
}
