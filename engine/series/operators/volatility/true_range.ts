import { checkCandleCall } from "../../check_call.ts";
import { close, high, low, Numeric } from "../../expression.ts";
import { kernel } from "../../operator.ts";

export const trueRangeOperator = kernel({
  name: "trueRange",
  inputs: ["number", "number", "number"],
  lookback: () => 1,
  fill([high, low, close], [out], _, from, to) {
    for (let i = from; i < to; i++) {
      const previous = close[i - 1], all = high[i] + low[i] + previous;
      // Ties go the usual way, so that the processor guesses it: they are many.
      const above = high[i] >= previous ? high[i] : previous;
      const below = low[i] <= previous ? low[i] : previous;
      out[i] = NaN;
      if (all === all) out[i] = above - below;
    }
  },
});

/** True range: how far a candle reaches, its gap from the close before included (Wilder 1978). */
export function trueRange(): Numeric {
  checkCandleCall("trueRange", arguments, 0);
  return new Numeric({ op: "trueRange", inputs: [high, low, close] });
}
