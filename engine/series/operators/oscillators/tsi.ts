import { callOutputs } from "../../call_outputs.ts";
import { checkCall, namedSettings } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { composite, windowRule } from "../../operator.ts";
import { change } from "../rows/change.ts";
import { ema } from "../averages/ema.ts";
import { abs } from "../math/abs.ts";

export const tsiOperator = composite({
  name: "tsi",
  version: 2,
  inputs: ["number"],
  output: { line: "number", signal: "number" },
  args: { long: windowRule(), short: windowRule(), signal: windowRule() },
  expand([x], args) {
    const { long, short, signal } = args as Record<string, number | Numeric>;
    const smooth = (moves: Numeric) => ema(ema(moves, long), short), moves = change(x as Numeric);
    const line = smooth(moves).over(smooth(abs(moves))).times(100);
    return { line, signal: ema(line, signal) };
  },
});

/**
 * True strength index, −100 to 100: the moves from row to row, averaged exponentially over `long` and again
 * over `short` rows, as a share of the size of the moves averaged likewise (Blau 1991); `signal` is the
 * exponential average of that. Unknown where nothing moved.
 */
export function tsi(
  x: Numeric,
  windows: {
    long?: number | Numeric;
    short?: number | Numeric;
    signal?: number | Numeric;
  } = {},
): Record<"line" | "signal", Numeric> {
  const args = namedSettings("tsi", windows, { long: 25, short: 13, signal: 7 });
  checkCall("tsi", arguments, 2);
  return callOutputs(tsiOperator, [x], args);
}
