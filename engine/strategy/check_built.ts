import { SIGNALS } from "../account/signals.ts";
import { STOPS } from "../account/stop_rules.ts";
import { InputError } from "../market/errors.ts";
import { checkExpression } from "../series/check_expression.ts";
import { CANDLE, Condition, Expression, Numeric } from "../series/expression.ts";
import { didYouMean } from "../market/did_you_mean.ts";
import { Outputs } from "../series/outputs.ts";
import { expressionsIn } from "./expressions_in.ts";
import { checkName } from "./names.ts";
import { checkStop, fitsStop, isStop, stopKinds } from "./stop_values.ts";

type Check = (value: unknown) => boolean;

const isCondition: Check = (value) => value instanceof Condition;

/** What `build` may give, and what each of it has to be. */
const PARTS: Readonly<Record<string, readonly [Check, string]>> = {
  ...each(
    SIGNALS,
    ({ type }) =>
      type === "boolean"
        ? [isCondition, "a condition, such as a.above(b)"]
        : [(value) => value instanceof Numeric, "a series of numbers"],
  ),
  ...each(STOPS, (stop) => [(value) => fitsStop(stop, value), stopKinds(stop)]),
};

function each<T extends object>(
  table: T,
  part: (entry: T[keyof T]) => readonly [Check, string],
): Record<string, readonly [Check, string]> {
  return Object.fromEntries(Object.entries(table).map(([name, entry]) => [name, part(entry)]));
}

/**
 * Refuses what a strategy's `build` must not give: a part that is misspelt or of the wrong type,
 * signals without an entry, series that a config could not hold. Notebooks check no types.
 */
export function checkBuilt(built: unknown, strategy: string): void {
  if (typeof built !== "object" || built === null) {
    throw new InputError(`build of ${strategy} returns nothing: let it return { enterLong, … }`);
  }
  const { series = {}, ...parts } = built as { series?: object };
  for (const [name, value] of Object.entries(parts)) {
    if (!Object.hasOwn(PARTS, name)) throw unknownPart(name, strategy);
    const [fits, wanted] = PARTS[name];
    if (value !== undefined && !fits(value)) {
      throw new InputError(`${name} of ${strategy} must be ${wanted}`);
    }
    if (isStop(name) && typeof value === "number") checkStop(name, value);
  }
  if (!hasEntry(parts)) {
    throw new InputError(
      `The strategy "${strategy}" never trades: give it enterLong, enterShort or both, or exposure`,
    );
  }
  for (const [name, value] of Object.entries(series)) checkSeries(name, value, strategy);
  const seen = new Set<Expression>(), places = { ...parts, ...named("series", series) };
  for (const [name, value] of Object.entries(places)) {
    if (value instanceof Expression) checkExpression(value, `${strategy}: ${name}`, seen);
  }
}

function named(folder: string, values: object): Record<string, unknown> {
  const entries = Object.entries(values).map(([name, value]) => [`${folder}.${name}`, value]);
  return Object.fromEntries(entries);
}

/** Whether signals can open a position. */
export function hasEntry(
  { enterLong, enterShort, exposure }: {
    enterLong?: unknown;
    enterShort?: unknown;
    exposure?: unknown;
  },
) {
  return [enterLong, enterShort, exposure].some((entry) => entry !== undefined);
}

function unknownPart(name: string, strategy: string): InputError {
  const known = [...Object.keys(PARTS), "series"];
  return new InputError(
    `${strategy} gives an unknown "${name}"${didYouMean(name, known) || "."} ` +
      `There are ${known.join(", ")}`,
  );
}

function checkSeries(name: string, value: unknown, strategy: string): void {
  checkName(name, `A series of ${strategy}`);
  if (!(value instanceof Expression)) {
    const several = value instanceof Outputs
      ? `, but is ${Object.keys(value).join(", ")} together: take one, or write ...${name}`
      : "";
    throw new InputError(
      `The series "${name}" of ${strategy} must be a series or a parameter${several}`,
    );
  }
  if (Object.hasOwn(CANDLE, name) && value !== CANDLE[name as keyof typeof CANDLE]) {
    throw new InputError(`A series cannot be called "${name}": that is a candle column`);
  }
}

/**
 * Refuses a parameter that is another strategy's, and one that changes nothing. Usually that was asked
 * in an `if` or with `&&`, which see an object, always true, and not its value.
 */
export function checkUsed(parameters: object, built: object, strategy: string): void {
  const leaves = expressionsIn(built).filter(({ op }) => op === "param");
  const used = new Set<unknown>(leaves.map(({ args }) => args.name));
  const own = Object.keys(parameters), foreign = [...used].find((name) => !own.includes(`${name}`));
  if (foreign !== undefined) {
    throw new InputError(
      `${strategy} uses the parameter "${foreign}" of another strategy. Its own are ` +
        `${own.join(", ") || "none"}: take them from what build is given`,
    );
  }
  const idle = Object.keys(parameters).find((name) => !used.has(name));
  if (idle === undefined) return;
  throw new InputError(
    `The parameter "${idle}" of ${strategy} changes nothing. It has no value while build runs, so ` +
      `an if, ?: or && on it is always true: use where() or choose(), or leave it out`,
  );
}
