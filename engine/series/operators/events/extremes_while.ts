import { checkCall } from "../../check_call.ts";
import { type Condition, Numeric } from "../../expression.ts";
import { type Kernel, kernel } from "../../operator.ts";

const RUNNING = 0, BEGUN = 1, BEST = 2;

const extremeWhile = (name: string, sign: 1 | -1): Kernel =>
  kernel({
    name,
    inputs: ["boolean", "number"],
    stateSize: () => 3,
    memory: () => Infinity,
    fill([condition, x], [out], state, from, to) {
      for (let i = from; i < to; i++) {
        const isOn = condition[i] === 1;
        if (isOn && x[i] === x[i]) {
          if (state[RUNNING] === 0 || sign * x[i] > sign * state[BEST]) state[BEST] = x[i];
          state[RUNNING] = state[BEGUN] = 1;
        }
        if (condition[i] === 0) state[RUNNING] = 0;
        out[i] = NaN;
        if (state[BEGUN] === 1) out[i] = state[BEST];
      }
    },
  });

export const highestWhileOperator = extremeWhile("highestWhile", 1);
export const lowestWhileOperator = extremeWhile("lowestWhile", -1);

/**
 * The highest value of a series since the condition became true; when the condition ends, that
 * stays until it becomes true again. With `session(0, 1)` for a condition it is the high of the
 * first hour of each day. Unknown while the condition never was true.
 */
export function highestWhile(condition: Condition, x: Numeric): Numeric {
  checkCall("highestWhile", arguments, 2);
  return new Numeric({ op: highestWhileOperator.name, inputs: [condition, x] });
}

/**
 * The lowest value of a series since the condition became true; when the condition ends, that stays
 * until it becomes true again. Unknown while the condition never was true.
 */
export function lowestWhile(condition: Condition, x: Numeric): Numeric {
  checkCall("lowestWhile", arguments, 2);
  return new Numeric({ op: lowestWhileOperator.name, inputs: [condition, x] });
}
