import { callOutputs } from "../../call_outputs.ts";
import { checkCall, namedSettings } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { ema } from "../averages/ema.ts";

export const ppoOperator = composite({
  name: "ppo",
  version: 2,
  inputs: ["number"],
  output: { line: "number", signal: "number", histogram: "number" },
  args: { fast: windowRule(), slow: windowRule(), signal: windowRule() },
  expand([input], args) {
    const x = input as Numeric, { fast, slow, signal } = args as Record<string, number | Numeric>;
    const steady = ema(x, slow), line = ema(x, fast).minus(steady).over(steady).times(100);
    const smooth = ema(line, signal);
    return { line, signal: smooth, histogram: line.minus(smooth) };
  },
});

/**
 * Percentage price oscillator: `line` is the fast exponential average less the slow one, in percent of the slow one,
 * `signal` its exponential average, `histogram` their difference (TA-Lib's PPO with exponential averages). Each
 * average starts with its own first rows, where `macd` starts both together.
 */
export function ppo(
  x: Numeric,
  windows: {
    fast?: number | Numeric;
    slow?: number | Numeric;
    signal?: number | Numeric;
  } = {},
): Record<"line" | "signal" | "histogram", Numeric> {
  const args = namedSettings("ppo", windows, { fast: 12, slow: 26, signal: 9 });
  checkCall("ppo", arguments, 2);
  return callOutputs(ppoOperator, [x], args);
}
