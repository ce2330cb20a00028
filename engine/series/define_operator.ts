import { isPlainObject } from "../market/check_options.ts";
import { describeValue } from "../market/describe_value.ts";
import { InputError } from "../market/errors.ts";
import { checkCall } from "./check_call.ts";
import { contentHash } from "./canonical.ts";
import { callOperator } from "./call_operator.ts";
import { callCondition } from "./call_condition.ts";
import { callOutputs } from "./call_outputs.ts";
import { checkDefinition } from "./check_definition.ts";
import { checkKernel } from "./check_kernel.ts";
import type { Argument, Condition, Numeric, Operand } from "./expression.ts";
import { guardKernel } from "./guard_kernel.ts";
import { type Kernel, kernel, type KernelParts, type Values } from "./operator.ts";
import { freeName, keepOwnOperator } from "./own_operators.ts";

/** What a call of an operator with these outputs gives. */
type Given<Output> = Output extends "boolean" ? Condition
  : Output extends Readonly<Record<infer Name extends string, "number">> ? Record<Name, Numeric>
  : Numeric;

/**
 * Defines an operator of your own, under the contract that all operators keep: see `Kernel`, and docs/own_operators.md. It works at
 * once in notebooks and backtests; a bot runs no one's code, so a strategy that uses it cannot be promoted.
 *
 * One of a name that you have used before is a further operator, called `name#2` in graphs and messages: what was made of
 * the earlier one goes on meaning that. Without a `memory`, one that keeps state depends on all rows since a run began.
 *
 * Throws an `InputError` for the name of an operator of the catalogue, for parts that cannot be, and for a `fill` that breaks the
 * contract, such as one that looks ahead: it is tried out here. What `fill` throws later, on candles, becomes an `InputError` that
 * names the operator and the candle.
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
  checkDefinition(parts);
  const { name, stateSize, lookback = () => 0 } = parts;
  const kept = stateSize ?? (() => 0);
  const defined: Kernel = kernel({
    timed: true,
    // What is kept may be of any row before.
    memory: (args: Values) => kept(args) > 0 ? Infinity : lookback(args),
    ...parts,
    name: freeName(name),
  });
  const gave = checkKernel(defined);
  const guarded = guardKernel({ ...defined, version: numberOf(parts, gave) });
  keepOwnOperator(guarded);
  return callOf(guarded) as ReturnType<typeof defineOperator<Parts>>;
}

/** What strategies call. */
function callOf(defined: Kernel) {
  const { name, output } = defined;
  return function (inputs: readonly Operand[], args: Readonly<Record<string, Argument>> = {}) {
    checkCall(name, arguments, 2);
    checkInputs(defined, inputs);
    if (!isPlainObject(args)) {
      throw new InputError(`${name} takes its settings by name, not ${describeValue(args)}`);
    }
    if (typeof output === "object") {
      return callOutputs({ ...defined, output: output as Record<string, "number"> }, inputs, args);
    }
    return (output === "boolean" ? callCondition : callOperator)(defined, inputs, args);
  };
}

function checkInputs({ name, inputs: types }: Kernel, inputs: unknown): void {
  const takes = `${name} takes its inputs as a list of ${types.length} series`;
  if (!Array.isArray(inputs)) {
    throw new InputError(`${takes}, as in ${name}([close]), not ${describeValue(inputs)}`);
  }
  if (inputs.length !== types.length) throw new InputError(`${takes}, not of ${inputs.length}`);
}

/**
 * A number that changes with the source and with what it gave, so that results of other code are results of another
 * strategy. What `fill` takes from around it, such as a number beside it, is in no source: it is
 * known by what comes of it on the rows that an operator is tried out on, and by nothing else.
 */
function numberOf({ fill, lookback, stateSize }: KernelParts, gave: string): number {
  const source = [fill, lookback, stateSize].map(String);
  return parseInt(contentHash([...source, gave]).slice(0, 12), 16);
}
