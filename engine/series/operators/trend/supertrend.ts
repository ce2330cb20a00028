import { callOutputs } from "../../call_outputs.ts";
import { checkCall, checkCandleCall } from "../../check_call.ts";
import { close, high, low, Numeric } from "../../expression.ts";
import { composite, kernel, windowRule } from "../../operator.ts";
import { atrOperator } from "../volatility/atr.ts";

const SIDE = 0, UPPER = 1, LOWER = 2;

/** Bands that only come closer to the price until it closes beyond one of them. */
export const trailingBandsOperator = kernel({
  name: "trailingBands",
  inputs: ["number", "number", "number"],
  output: { line: "number", direction: "number" },
  lookback: () => 1,
  stateSize: () => 3,
  memory: () => Infinity,
  fill([close, middle, reach], [line, direction], state, from, to) {
    let side = state[SIDE], upper = state[UPPER], lower = state[LOWER];
    for (let i = from; i < to; i++) {
      line[i] = direction[i] = NaN;
      const top = middle[i] + reach[i],
        bottom = middle[i] - reach[i],
        all = top + bottom + close[i];
      if (all - all !== 0) continue;
      const before = close[i - 1], isFirst = side === 0;
      if (isFirst || top < upper || before > upper) upper = top;
      if (isFirst || bottom > lower || before < lower) lower = bottom;
      if (isFirst) side = close[i] >= middle[i] ? 1 : -1;
      side = close[i] <= (side > 0 ? lower : upper) ? -1 : 1;
      line[i] = side > 0 ? lower : upper;
      direction[i] = side;
    }
    state[SIDE] = side;
    state[UPPER] = upper;
    state[LOWER] = lower;
  },
});

export const supertrendOperator = composite({
  name: "supertrend",
  version: 2,
  inputs: ["number", "number", "number"],
  output: { line: "number", direction: "number" },
  args: { window: windowRule(), width: { min: 0, max: 1_000 } },
  expand(inputs, args) {
    const [high, low, close] = inputs as Numeric[], width = args.width as number | Numeric;
    const range = new Numeric({ op: atrOperator.name, inputs, args: { window: args.window } });
    const bands = [close, high.plus(low).over(2), range.times(width)];
    const part = (output: string) => new Numeric({ op: "trailingBands", inputs: bands, output });
    return { line: part("line"), direction: part("direction") };
  },
});

/**
 * Supertrend: a line `width` average true ranges from the middle of the candle. It is below the
 * price (`direction` 1) until a close at or below it, then above the price (−1) until a close above
 * it; meanwhile it only comes closer (Seban).
 */
export function supertrend(
  window: number | Numeric = 10,
  width: number | Numeric = 3,
): Record<"line" | "direction", Numeric> {
  checkCandleCall("supertrend", arguments, 2);
  return callOutputs(supertrendOperator, [high, low, close], { window, width });
}

/**
 * One band `reach` above `middle` and one as far below. Each only comes closer to the price, and is
 * free again on the row after a close beyond it. `line` is the lower one, and `direction` 1, until
 * `x` is at or below it; then the upper one, and −1, until `x` is above that. Supertrend is made of
 * them.
 */
export function trailingBands(
  x: Numeric,
  middle: Numeric,
  reach: number | Numeric,
): Record<"line" | "direction", Numeric> {
  checkCall("trailingBands", arguments, 3);
  return callOutputs(trailingBandsOperator, [x, middle, reach], {});
}
