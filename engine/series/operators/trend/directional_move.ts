import { callOutputs } from "../../call_outputs.ts";
import { checkCandleCall } from "../../check_call.ts";
import { high, low, type Numeric } from "../../expression.ts";
import { kernel } from "../../operator.ts";

export const directionalMoveOperator = kernel({
  name: "directionalMove",
  inputs: ["number", "number"],
  output: { plus: "number", minus: "number" },
  lookback: () => 1,
  fill([high, low], [plus, minus], _, from, to) {
    for (let i = from; i < to; i++) {
      const up = high[i] - high[i - 1], down = low[i - 1] - low[i], both = up + down;
      plus[i] = minus[i] = NaN;
      if (both !== both) continue;
      plus[i] = up > down && up > 0 ? up : 0;
      minus[i] = down > up && down > 0 ? down : 0;
    }
  },
});

/**
 * Wilder's directional movement: how far a candle reaches beyond the one before, above it (`plus`) or below it
 * (`minus`), whichever is more; the other one is 0 (Wilder 1978; TA-Lib's PLUS_DM and MINUS_DM with window 1).
 */
export function directionalMove(): Record<"plus" | "minus", Numeric> {
  checkCandleCall("directionalMove", arguments, 0);
  return callOutputs(directionalMoveOperator, [high, low], {});
}
