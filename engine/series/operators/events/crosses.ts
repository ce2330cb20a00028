import { Condition, type Numeric } from "../../expression.ts";
import { type Kernel, kernel } from "../../operator.ts";

/** On which side `a` last lay; 0 before that is known. */
const BELOW = 1, ABOVE = 2;

/**
 * True on the row where `a` comes to lie above `b`, having last lain below it. A tie changes nothing,
 * so a cross that pauses on a tie is seen; so is one that pauses on an unknown.
 */
function fillCrosses(
  a: Float64Array,
  b: Float64Array,
  out: Float64Array,
  state: Float64Array,
  from: number,
  to: number,
): void {
  let last = state[0];
  for (let i = from; i < to; i++) {
    if (a[i] > b[i]) {
      out[i] = last === BELOW ? 1 : 0;
      last = ABOVE;
    } else if (a[i] < b[i]) {
      out[i] = 0;
      last = BELOW;
    } else {
      out[i] = a[i] === b[i] ? 0 : NaN;
    }
  }
  state[0] = last;
}

const crosses = (name: string, fill: Kernel["fill"]): Kernel =>
  kernel({
    name,
    inputs: ["number", "number"],
    output: "boolean",
    stateSize: () => 1,
    // The side on which it last lay is that of the row before, but for ties.
    memory: () => 1,
    fill,
  });

export const crossesAboveOperator = crosses(
  "crossesAbove",
  ([a, b], [out], state, from, to) => fillCrosses(a, b, out, state, from, to),
);

export const crossesBelowOperator = crosses(
  "crossesBelow",
  ([a, b], [out], state, from, to) => fillCrosses(b, a, out, state, from, to),
);

/** True on the row where `a` rises above `b`, having last been below it (ties in between or not). */
export function crossesAbove(a: number | Numeric, b: number | Numeric): Condition {
  return new Condition({ op: "crossesAbove", inputs: [a, b] });
}

/** True on the row where `a` falls below `b`, having last been above it (ties in between or not). */
export function crossesBelow(a: number | Numeric, b: number | Numeric): Condition {
  return new Condition({ op: "crossesBelow", inputs: [a, b] });
}
