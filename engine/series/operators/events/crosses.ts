import { checkCall } from "../../check_call.ts";
import { Condition, type Numeric } from "../../expression.ts";
import { type Kernel, kernel } from "../../operator.ts";
import { ABOVE, BELOW, sideChanges } from "./side_changes.ts";

/** Rows of a chunk on which sides change: nothing is remembered in it. */
let rows = new Int32Array(0);

/**
 * True on the row where `a` comes to lie on `side` of `b`, having last lain on the other. A tie changes
 * nothing, so a cross that pauses on a tie is seen; so is one that pauses on an unknown.
 */
function fillCrosses(
  side: number,
  a: Float64Array,
  b: Float64Array,
  out: Float64Array,
  state: Float64Array,
  from: number,
  to: number,
): void {
  if (rows.length < to - from) rows = new Int32Array(to - from);
  const count = sideChanges(a, b, state, from, to, rows);
  for (let i = from; i < to; i++) {
    out[i] = NaN;
    if (a[i] === a[i] && b[i] === b[i]) out[i] = 0;
  }
  for (let k = count - (state[0] === side ? 1 : 2); k >= 0; k -= 2) out[rows[k]] = 1;
}

const crosses = (name: string, side: number): Kernel =>
  kernel({
    name,
    inputs: ["number", "number"],
    output: "boolean",
    stateSize: () => 1,
    // The side on which it last lay is that of the row before, but for ties.
    memory: () => 1,
    side,
    fill: ([a, b], [out], state, from, to) => fillCrosses(side, a, b, out, state, from, to),
  });

export const crossesAboveOperator = crosses("crossesAbove", ABOVE);

export const crossesBelowOperator = crosses("crossesBelow", BELOW);

/** True on the row where `a` rises above `b`, having last been below it (ties in between or not). */
export function crossesAbove(a: number | Numeric, b: number | Numeric): Condition {
  checkCall("crossesAbove", arguments, 2);
  return new Condition({ op: "crossesAbove", inputs: [a, b] });
}

/** True on the row where `a` falls below `b`, having last been above it (ties in between or not). */
export function crossesBelow(a: number | Numeric, b: number | Numeric): Condition {
  checkCall("crossesBelow", arguments, 2);
  return new Condition({ op: "crossesBelow", inputs: [a, b] });
}
