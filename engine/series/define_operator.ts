import { InputError } from "../market/errors.ts";
import { callOperator } from "./call_operator.ts";
import { callCondition } from "./call_condition.ts";
import { callOutputs } from "./call_outputs.ts";
import { CATALOGUE } from "./catalogue.ts";
import { checkKernel } from "./check_kernel.ts";
import type { Condition, Numeric, Operand } from "./expression.ts";
import { type Kernel, kernel, type KernelParts } from "./operator.ts";
import { keepOwnOperator } from "./own_operators.ts";

/** What a call of an operator with these outputs gives. */
type Given<Output> = Output extends "boolean" ? Condition
  : Output extends Readonly<Record<infer Name extends string, "number">> ? Record<Name, Numeric>
  : Numeric;

/**
 * Defines an operator of your own, under the contract that all operators keep: see `Kernel`. It works at once in notebooks and
 * backtests; a bot runs no one's code, so a strategy that uses it cannot be promoted.
 *
 * Throws an `InputError` for the name of an operator of the catalogue, and for a `fill` that breaks the contract, such as one that
 * looks ahead: it is tried out here.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { high, low } from "./expression.ts";
 *
 * const middle = defineOperator({
 *   name: "middle",
 *   inputs: ["number", "number"],
 *   fill([a, b], [out], _state, from, to) {
 *     for (let i = from; i < to; i++) out[i] = (a[i] + b[i]) / 2;
 *   },
 * });
 * assert.equal(middle([high, low]).op, "middle");
 *
 * assert.throws(() =>
 *   defineOperator({
 *     name: "tomorrow",
 *     inputs: ["number"],
 *     fill([x], [out], _state, from, to) {
 *       for (let i = from; i < to; i++) out[i] = x[i + 1];
 *     },
 *   }), /fill may read no row at or past "to"/);
 * ```
 */
export function defineOperator<const Parts extends KernelParts>(
  parts: Parts,
): (
  inputs: readonly Operand[],
  args?: Readonly<Record<string, number | Numeric>>,
) => Given<Parts extends { readonly output: infer Output } ? Output : "number"> {
  const defined: Kernel = kernel({ timed: true, ...parts, version: sourceNumber(parts) });
  if (CATALOGUE.some(({ name }) => name === defined.name)) {
    throw new InputError(
      `Cannot define ${defined.name}: the catalogue has an operator of that name`,
    );
  }
  if (typeof defined.fill !== "function" || !/^[a-z]\w*$/i.test(defined.name ?? "")) {
    throw new InputError(
      "An operator needs a name (letters and digits) and a fill: see defineOperator",
    );
  }
  checkKernel(defined);
  keepOwnOperator(defined);
  const call = (inputs: readonly Operand[], args = {}) => {
    const { output } = defined;
    if (typeof output === "object") {
      return callOutputs({ ...defined, output: output as Record<string, "number"> }, inputs, args);
    }
    return (output === "boolean" ? callCondition : callOperator)(defined, inputs, args);
  };
  return call as ReturnType<typeof defineOperator<Parts>>;
}

/** A number that changes with the source, so that results of other code are results of another strategy. */
function sourceNumber({ fill, lookback, stateSize }: KernelParts): number {
  let sum = 7;
  for (const letter of [fill, lookback, stateSize].join("\n")) {
    sum = (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0;
  }
  return sum;
}
