import { SIGNAL_NAMES, signalColumns, SIGNALS, type Signals } from "../account/signals.ts";
import { distanceColumns } from "../account/stop_rules.ts";
import { type Expression, volume } from "../series/expression.ts";
import { stopDistances } from "../strategy/stop_values.ts";
import type { Strategy } from "../strategy/strategy.ts";

/** What a signal is called among the expressions. */
export const signalName = (name: string) => `signal ${name}`;
const stop = (name: string) => `stop ${name}`, VOLUME = "volume";

/** What a plan is to compute so that an account can decide, by name. */
export function decisionExpressions(
  { signals, stops }: Pick<Strategy, "signals" | "stops">,
  hasBase: boolean,
): Record<string, Expression> {
  const expressions: Record<string, Expression> = {};
  for (const name of SIGNAL_NAMES) {
    const expression = signals[name];
    if (expression) expressions[signalName(name)] = expression;
  }
  for (const [name, expression] of Object.entries(stopDistances(stops))) {
    expressions[stop(name)] = expression;
  }
  if (hasBase) expressions[VOLUME] = volume;
  return expressions;
}

/** What fires where a candle of the strategy closes, and not again until the next one does. */
export const CONDITIONS: ReadonlySet<string> = new Set(
  SIGNAL_NAMES.filter((name) => SIGNALS[name].type === "boolean").map(signalName),
);

/** A plan's columns, all of the same rows. */
export interface PlanColumns {
  column(name: string): Float64Array;
  /** A column that holds one value on every row. */
  constant(value: number): Float64Array;
  /** With a base: 1 on the rows that close a candle of the strategy. */
  closes: Float64Array | undefined;
}

/** The columns that an account decides by, out of those of `decisionExpressions`. */
export function signalsOf(
  expressions: Readonly<Record<string, Expression>>,
  { column, constant, closes }: PlanColumns,
): Signals {
  const constants = new Map<number, Float64Array>();
  // One column for all that is absent alike: they stay in the cache.
  const always = (value: number) => {
    const found = constants.get(value) ?? constant(value);
    constants.set(value, found);
    return found;
  };
  const signals = signalColumns((name, { absent }) =>
    signalName(name) in expressions ? column(signalName(name)) : always(absent)
  );
  const distances = distanceColumns((name) =>
    stop(name) in expressions ? column(stop(name)) : undefined
  );
  const bars = closes && { closes, volume: column(VOLUME) };
  const steers = signalName("exposure") in expressions;
  return { ...signals, distances, bars, steers, never: always(SIGNALS.enterLong.absent) };
}
