import { Condition, type Numeric } from "../expression.ts";
import { type Kernel, kernel } from "../operator.ts";

/**
 * True on the row where `a` comes to lie on the given side of `b`, having last lain on the other. A
 * tie changes nothing, so a cross that pauses on a tie is seen; so is one that pauses on an unknown.
 */
const crosses = (name: string, side: 1 | -1): Kernel =>
  kernel({
    name,
    inputs: ["number", "number"],
    output: "boolean",
    stateSize: () => 1,
    fill([a, b], [out], state, from, to) {
      let last = state[0];
      for (let i = from; i < to; i++) {
        const now = a[i] > b[i] ? 1 : a[i] < b[i] ? -1 : 0;
        if (now === 0) {
          out[i] = a[i] === b[i] ? 0 : NaN;
        } else {
          out[i] = now === side && last === -side ? 1 : 0;
          last = now;
        }
      }
      state[0] = last;
    },
  });

export const crossesAboveOperator = crosses("crossesAbove", 1);
export const crossesBelowOperator = crosses("crossesBelow", -1);

/** True on the row where `a` rises above `b`, having last been below it (ties in between or not). */
export function crossesAbove(a: number | Numeric, b: number | Numeric): Condition {
  return new Condition({ op: "crossesAbove", inputs: [a, b] });
}

/** True on the row where `a` falls below `b`, having last been above it (ties in between or not). */
export function crossesBelow(a: number | Numeric, b: number | Numeric): Condition {
  return new Condition({ op: "crossesBelow", inputs: [a, b] });
}
