import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import { elementwise, Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { change } from "../rows/change.ts";
import { deviation } from "../statistics/deviation.ts";
import { log } from "../math/log.ts";
import { sqrt } from "../math/sqrt.ts";

export const historicalVolatilityOperator = composite({
  name: "historicalVolatility",
  inputs: ["number"],
  args: { window: windowRule(2), rowsPerYear: { min: 1, max: 31_557_600 } },
  expand([x], args) {
    const { window, rowsPerYear } = args as Record<string, number | Numeric>;
    const others = new Numeric(elementwise("subtract", window, 1));
    const rowsBy = new Numeric(elementwise("divide", window, others));
    const yearly = sqrt(new Numeric(elementwise("multiply", rowsBy, rowsPerYear)));
    return deviation(change(log(x as Numeric)), window).times(yearly);
  },
});

/**
 * Historical volatility, a fraction a year: the standard deviation (as a sample) of the last `window` logarithmic
 * returns, times the root of the rows of a year: 365 on daily candles, 8,760 on hourly ones.
 */
export function historicalVolatility(
  x: Numeric,
  window: number | Numeric,
  rowsPerYear: number | Numeric,
): Numeric {
  checkCall("historicalVolatility", arguments, 3);
  return callOperator(historicalVolatilityOperator, [x], { window, rowsPerYear });
}
