import { describeValue } from "../../../market/describe_value.ts";
import { InputError } from "../../../market/errors.ts";
import { findMember } from "../../adapter.ts";
import { checkWritten } from "../../argument_rules.ts";
import { didYouMean } from "../../../market/did_you_mean.ts";
import { CANDLE, Condition, Expression, Numeric } from "../../expression.ts";
import type { ValueType } from "../../expression.ts";
import { outputs } from "../../outputs.ts";
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
  ...settings: Record<never, never> extends IndicatorSettings<Name>
    ? [settings?: IndicatorSettings<Name>]
    : [settings: IndicatorSettings<Name>]
): IndicatorOutput<Name> {
  const member = findMember(technicalindicatorsOperator, name), { output } = member;
  const { inputs, parameters } = callOf(name), given = byName(name, settings);
  const known = [...inputs, ...Object.keys(parameters)];
  for (const setting of Object.keys(given)) {
    if (known.includes(setting)) continue;
    const hint = didYouMean(setting, known) || ".";
    throw new InputError(
      `indicator ${name} has no setting "${setting}"${hint} It has ${known.join(", ")}`,
    );
  }
  const args = Object.entries(parameters).map(([parameter, rule]) =>
    [parameter, argumentOf(name, parameter, given, rule.default)] as const
  );
  const parts = {
    op: technicalindicatorsOperator.name,
    inputs: inputs.map((input) => inputOf(name, input, given)),
    args: { indicator: name, ...Object.fromEntries(args) },
  };
  checkWritten(member, parts.args);
  const series = (type: ValueType, output?: string) =>
    type === "boolean" ? new Condition({ ...parts, output }) : new Numeric({ ...parts, output });
  if (typeof output === "string") return series(output) as IndicatorOutput<Name>;
  const all = Object.entries(output).map(([output, type]) => [output, series(type, output)]);
  return outputs(Object.fromEntries(all), `indicator ${name}`);
}

type Given = Readonly<Record<string, unknown>>;

/** The settings as they were given. A period alone would be passed over: a number has no names. */
function byName(name: string, settings: readonly unknown[]): Given {
  const [first = {}, ...more] = settings;
  const named = typeof first === "object" && first !== null && !Array.isArray(first) &&
    !(first instanceof Expression);
  if (named && more.length === 0) return { ...first };
  throw new InputError(`indicator ${name} takes its settings by name: ${exampleOf(name)}`);
}

function exampleOf(name: string): string {
  const { inputs, parameters } = callOf(name);
  const settings = [...inputs.filter((input) => !(input in CANDLE)), ...Object.keys(parameters)];
  const written = settings.map((setting) => suchAs(name, setting)).join(", ");
  return `indicator("${name}"${written === "" ? "" : `, { ${written} }`})`;
}

/** A setting as one may write it. */
function suchAs(name: string, setting: string): string {
  const rule = callOf(name).parameters[setting];
  if (rule?.flag) return `${setting}: false`;
  return `${setting}: ${rule ? rule.default ?? 14 : setting in CANDLE ? setting : "close"}`;
}

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
  if (value === undefined) {
    return new InputError(
      `indicator ${name}: ${setting} is missing, such as ${suchAs(name, setting)}`,
    );
  }
  const found = value instanceof Expression ? `a ${value.type} series` : describeValue(value);
  return new InputError(`indicator ${name}: ${setting} is ${found}, but must be ${needed}`);
}
