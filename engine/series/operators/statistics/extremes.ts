import { callOperator } from "../../call_operator.ts";
import { checkCall } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { type Kernel, kernel, windowRule } from "../../operator.ts";

const AGE = 0, KNOWN = 1;

/**
 * Fills `out` with the extreme of the last `window` rows, or with its age in rows: `sign` 1 looks for the highest, -1 for
 * the lowest, of equal ones the newest. Unknown while a row of the window is.
 */
export function fillExtremes(
  x: Float64Array,
  out: Float64Array,
  state: Float64Array,
  from: number,
  to: number,
  window: number,
  sign: 1 | -1,
  ofAge = false,
): void {
  let age = state[AGE], known = state[KNOWN];
  for (let i = from; i < to; i++) {
    if (x[i - window] === x[i - window]) known--;
    if (x[i] === x[i]) known++;
    age++;
    if (known === 1 || age >= window) age = ageOfExtreme(x, i, window, sign);
    else if (sign * x[i] >= sign * x[i - age]) age = 0;
    out[i] = NaN;
    if (known === window) out[i] = ofAge ? age : x[i - age];
  }
  state[AGE] = age;
  state[KNOWN] = known;
}

const extreme = (name: string, sign: 1 | -1): Kernel =>
  kernel({
    name,
    inputs: ["number"],
    args: { window: windowRule() },
    lookback: ({ window }) => window,
    stateSize: () => 2,
    fill: ([x], [out], state, from, to, { args: { window } }) =>
      fillExtremes(x, out, state, from, to, window, sign),
  });

function ageOfExtreme(x: Float64Array, i: number, window: number, sign: 1 | -1): number {
  let age = 0, best = NaN;
  for (let j = 0; j < window; j++) {
    const value = sign * x[i - j];
    if (value > best || best !== best) {
      best = value;
      age = j;
    }
  }
  return age;
}

export const highestOperator = extreme("highest", 1);
export const lowestOperator = extreme("lowest", -1);

/** The highest of the last `window` rows. */
export function highest(x: Numeric, window: number | Numeric): Numeric {
  checkCall("highest", arguments, 2);
  return callOperator(highestOperator, [x], { window });
}

/** The lowest of the last `window` rows. */
export function lowest(x: Numeric, window: number | Numeric): Numeric {
  checkCall("lowest", arguments, 2);
  return callOperator(lowestOperator, [x], { window });
}
