import { STOP_NAMES } from "../account/stop_rules.ts";
import { SIGNAL_NAMES, type SignalName, type SIGNALS } from "../account/signals.ts";
import { checkOptions, isPlainObject } from "../market/check_options.ts";
import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import { strictNames } from "../market/strict_names.ts";
import {
  CANDLE,
  type Condition,
  type Expression,
  type Numeric,
  param,
} from "../series/expression.ts";
import { notingConditions } from "../series/noted_conditions.ts";
import { scalarHolds } from "../series/scalar_holds.ts";
import type { ParameterValues } from "../series/scalars.ts";
import { checkBuilt, checkUsed } from "./check_built.ts";
import { checkChoices } from "./check_choices.ts";
import { checkRead } from "./check_read.ts";
import { checkSource } from "./check_source.ts";
import { checkName } from "./names.ts";
import type { StopOperands } from "./stop_values.ts";
import { checkDeclared, checkParameters, type Parameters, parameterValues } from "./parameters.ts";

/**
 * What a strategy trades on; `SIGNALS` says what each means. Of conditions only true fires; unknown
 * does not.
 */
export type SignalSeries = {
  [Name in SignalName]?: typeof SIGNALS[Name]["type"] extends "boolean" ? Condition : Numeric;
};

/** What `build` gives: the signals, stops, and the series worth recording and drawing, by name. */
export type Built = SignalSeries & StopOperands & {
  series?: Readonly<Record<string, Expression>>;
};

/** What a strategy consists of. */
export interface StrategyParts {
  name: string;
  parameters: Parameters;
  /** What values of the parameters go together, such as fast < slow. */
  where: Condition | undefined;
  signals: SignalSeries;
  stops: StopOperands;
  series: Readonly<Record<string, Expression>>;
}

/**
 * A strategy: a graph with named parameters. It is data; nothing in it runs. It is a class so that a
 * notebook can tell how to show it.
 */
export class Strategy implements Readonly<StrategyParts> {
  readonly name: string;
  readonly parameters: Parameters;
  readonly where: Condition | undefined;
  readonly signals: SignalSeries;
  readonly stops: StopOperands;
  readonly series: Readonly<Record<string, Expression>>;

  constructor(parts: StrategyParts) {
    this.name = parts.name;
    this.parameters = parts.parameters;
    this.where = parts.where;
    this.signals = parts.signals;
    this.stops = parts.stops;
    this.series = parts.series;
  }
}

type Scalars<P extends Parameters> = { readonly [Name in keyof P]: Numeric };

/** How a strategy is made. */
export interface Recipe<P extends Parameters> {
  /** Which values go together; it reckons with decimals as they are written, where series reckon with doubles. */
  where?: (parameters: Scalars<P>) => Condition;
  build: (parameters: Scalars<P>, candle: typeof CANDLE) => Built;
}

/**
 * Defines a strategy. `build` is called once, with parameters that have no value yet: what it returns
 * is the graph that backtests, sweeps and bots run.
 *
 * ```ts
 * import { crossesAbove, crossesBelow } from "../series/operators/events/crosses.ts";
 * import { sma } from "../series/operators/averages/sma.ts";
 * import { whole } from "./parameters.ts";
 *
 * strategy("sma_cross", { fast: whole(10), slow: whole(30) }, {
 *   where: ({ fast, slow }) => fast.below(slow),
 *   build({ fast, slow }, { close }) {
 *     const quick = sma(close, fast), steady = sma(close, slow);
 *     return {
 *       enterLong: crossesAbove(quick, steady),
 *       exitLong: crossesBelow(quick, steady),
 *       series: { quick, steady },
 *     };
 *   },
 * });
 * ```
 */
export function strategy<P extends Parameters>(
  name: string,
  parameters: P,
  recipe: Recipe<P>,
): Strategy {
  checkName(name, "A strategy");
  checkRecipe(name, recipe);
  checkDeclared(parameters, name);
  checkParameters(parameters, name);
  const { where, build } = recipe;
  const names = Object.keys(parameters);
  for (const parameter of names) checkName(parameter, `A parameter of ${name}`);
  const scalars = named(
    Object.fromEntries(names.map((name) => [name, param(name)])) as Scalars<P>,
    `parameter of ${name}`,
  );
  const { given: built, made } = notingConditions(() =>
    build(scalars, named(CANDLE, "candle column"))
  );
  checkBuilt(built, name);
  const { given: condition, made: more } = notingConditions(() => where?.(scalars));
  const parts = { built, condition };
  checkRead([...made, ...more], parts, name);
  for (const recipe of [build, where]) checkSource(`${recipe ?? ""}`, name);
  checkUsed(parameters, parts, name);
  checkChoices(parameters, parts, name);
  return new Strategy({
    name,
    parameters,
    where: condition,
    signals: pick(built, SIGNAL_NAMES),
    stops: pick(built, STOP_NAMES),
    series: built.series ?? {},
  });
}

function pick<T extends object, Name extends keyof T>(parts: T, names: readonly Name[]) {
  const given = names.filter((name) => parts[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, parts[name]])) as Pick<T, Name>;
}

/** Notebooks check no types. */
function checkRecipe(name: string, recipe: unknown): void {
  if (isPlainObject(recipe)) {
    checkOptions(recipe, ["where", "build"], `The strategy "${name}"`);
    const { where = () => {}, build } = recipe as Record<string, unknown>;
    if (typeof build === "function" && typeof where === "function") return;
  }
  throw new InputError(
    `The strategy "${name}" needs its build by name, behind its parameters: ` +
      `strategy("${name}", { … }, { build: (parameters, { close }) => ({ enterLong: … }) })`,
  );
}

/** The values by name; a name that is not there is refused. */
function named<T extends object>(values: T, what: string): T {
  const names = Object.keys(values);
  return strictNames(values, (name) => {
    const hint = didYouMean(name, names) || ".";
    throw new InputError(
      `No ${what} is called "${name}"${hint} There are: ${names.join(", ") || "none"}`,
    );
  });
}

/**
 * The parameter values of a run of `strategy`: those given, defaults for the rest, all checked, and
 * together as its `where` wants them. `path` begins the message of the `InputError` otherwise.
 */
export function valuesFor(
  strategy: Strategy,
  given: ParameterValues,
  path = "params",
): ParameterValues {
  const values = parameterValues(strategy.parameters, given, path);
  if (strategy.where && !scalarHolds(strategy.where, values)) {
    const found = Object.entries(values).map(([name, value]) => `${name} ${value}`).join(", ");
    throw new InputError(`${path}: ${strategy.name} does not allow ${found} (see its "where")`);
  }
  return values;
}

/** Whether an account that is not told otherwise may sell short with it: it does so, or its exposure may. */
export function mayBeShort(strategy: Strategy): boolean {
  return sellsShort(strategy) || strategy.signals.exposure !== undefined;
}

/** Whether the strategy wants to sell short, so that a spot account refuses it. */
export function sellsShort({ signals }: Strategy): boolean {
  return signals.enterShort !== undefined;
}
