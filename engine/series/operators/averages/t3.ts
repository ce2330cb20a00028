import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import { elementwise, Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { ema } from "./ema.ts";

const times = (a: number | Numeric, b: number | Numeric) =>
  new Numeric(elementwise("multiply", a, b));

export const t3Operator = composite({
  name: "t3",
  version: 2,
  inputs: ["number"],
  args: { window: windowRule(), factor: { min: 0, max: 1 } },
  expand([input], args) {
    const window = args.window as number | Numeric, factor = args.factor as number | Numeric;
    const averages = [input as Numeric];
    while (averages.length <= 6) averages.push(ema(averages.at(-1)!, window));
    const square = times(factor, factor), cube = times(square, factor);
    const [, , , third, fourth, fifth, sixth] = averages;
    return third.times(cube.plus(square.times(3)).plus(times(factor, 3)).plus(1))
      .minus(fourth.times(cube.plus(square.times(2)).plus(factor).times(3)))
      .plus(fifth.times(cube.plus(square).times(3)))
      .minus(sixth.times(cube));
  },
});

/**
 * Tillson's T3: an exponential average plus `factor` of how far it is ahead of its own average, and
 * that three times over, each time of what came before; written out over a chain of six averages
 * (Tillson 1998; TA-Lib's T3). First known at row `6 * (window - 1)`.
 */
export function t3(
  x: Numeric,
  window: number | Numeric,
  factor: number | Numeric = 0.7,
): Numeric {
  checkCall("t3", arguments, 3);
  return callOperator(t3Operator, [x], { window, factor });
}
