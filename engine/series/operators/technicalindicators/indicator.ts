import { InputError } from "../../../market/errors.ts";
import { findMember } from "../../adapter.ts";
import { didYouMean } from "../../../market/did_you_mean.ts";
import { CANDLE, Condition, Expression, Numeric } from "../../expression.ts";
import type { ValueType } from "../../expression.ts";
import { technicalindicatorsOperator } from "./adapter.ts";
import type { Description } from "./description.ts";
import { PATTERN_INPUTS } from "./pattern_kernel.ts";
import {
  type IndicatorName,
  type IndicatorOutput,
  INDICATORS,
  type IndicatorSettings,
} from "./table.ts";

/**
 * An indicator of the package technicalindicators by its own name: `indicator("ADX", { period: 14 })`.
 * Inputs and parameters are given by name; those inputs that are candle columns (open, high, low,
 * close, volume) need not be, nor need the parameters that have a customary value. Gives a series
 * (of numbers, or of conditions for crosses and candlestick patterns), or several by name.
 *
 * The numbers are the library's, whose conventions are its own: the `note` of each indicator in the
 * catalogue says where they differ from ours. Prefer our own operators where there is one: they are
 * exact, five to a hundred times as fast, and a bot that uses no indicator but them (and candlestick
 * patterns) starts again at once, where one with these has to read its candles from the first on. A
 * row on which an input is unknown is left out, and unknown in the output. Throws an `InputError` for
 * a name or setting that there is not, and for one that is missing.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { close, sma } from "../../mod.ts";
 *
 * const { adx, pdi, mdi } = indicator("ADX", { period: 14 });
 * const strength = indicator("RSI", { values: sma(close, 5), period: 9 });
 * const trending = adx.above(25).and(pdi.above(mdi)).and(indicator("doji").not());
 * assert.equal(trending.type, "boolean");
 * assert.equal(strength.op, "technicalindicators");
 * ```
 */
export function indicator<Name extends IndicatorName>(
  name: Name,
  ...[settings]: Record<never, never> extends IndicatorSettings<Name>
    ? [settings?: IndicatorSettings<Name>]
    : [settings: IndicatorSettings<Name>]
): IndicatorOutput<Name> {
  const { output } = findMember(technicalindicatorsOperator, name);
  const { inputs, parameters } = callOf(name), given: Given = { ...settings };
  const known = [...inputs, ...Object.keys(parameters)];
  for (const setting of Object.keys(given)) {
    if (known.includes(setting)) continue;
    const hint = didYouMean(setting, known) || `; it has ${known.join(", ") || "none"}`;
    throw new InputError(`indicator ${name} has no setting "${setting}"${hint}`);
  }
  const args = Object.entries(parameters).map(([parameter, rule]) =>
    [parameter, argumentOf(name, parameter, given, rule.default)] as const
  );
  const parts = {
    op: technicalindicatorsOperator.name,
    inputs: inputs.map((input) => inputOf(name, input, given)),
    args: { indicator: name, ...Object.fromEntries(args) },
  };
  const series = (type: ValueType, output?: string) =>
    type === "boolean" ? new Condition({ ...parts, output }) : new Numeric({ ...parts, output });
  const result = typeof output === "string" ? series(output) : Object.fromEntries(
    Object.entries(output).map(([output, type]) => [output, series(type, output)]),
  );
  return result as IndicatorOutput<Name>;
}

type Given = Readonly<Record<string, unknown>>;

function callOf(name: string): Pick<Description, "inputs" | "parameters"> {
  const description = (INDICATORS as Readonly<Record<string, Description>>)[name];
  return description ?? { inputs: PATTERN_INPUTS, parameters: {} };
}

function inputOf(name: string, input: string, given: Given): number | Numeric {
  const value = input in given ? given[input] : (CANDLE as Given)[input];
  if (value instanceof Numeric || typeof value === "number") return value;
  throw wrong(name, input, value, "a series of numbers");
}

function argumentOf(name: string, parameter: string, given: Given, byDefault?: number) {
  const value = parameter in given ? given[parameter] : byDefault;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof Numeric || typeof value === "number") return value;
  throw wrong(name, parameter, value, "a number or a parameter");
}

function wrong(name: string, setting: string, value: unknown, needed: string): InputError {
  if (value === undefined) return new InputError(`indicator ${name}: ${setting} is missing`);
  const found = value instanceof Expression ? `a ${value.type} series` : JSON.stringify(value);
  return new InputError(`indicator ${name}: ${setting} is ${found}, but must be ${needed}`);
}
