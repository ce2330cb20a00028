import { checkRule } from "../account/check_settings.ts";
import { type StopName, STOPS, type Stops } from "../account/stop_rules.ts";
import type { Numeric } from "../series/expression.ts";
import { type ParameterValues, scalarNumber } from "../series/scalars.ts";

/** A strategy's stops: numbers, parameters, or arithmetic on them. `STOPS` says what each means. */
export type StopScalars = { [Name in StopName]?: number | Numeric };

export const STOP_NAMES = Object.keys(STOPS) as readonly StopName[];

/**
 * A strategy's stops with the parameters' values. Throws an `InputError` for one that does not keep
 * its rule; `path` begins its message.
 */
export function stopValues(stops: StopScalars, parameters: ParameterValues, path = ""): Stops {
  const found: Stops = {};
  for (const name of STOP_NAMES) {
    const scalar = stops[name];
    if (scalar === undefined) continue;
    found[name] = scalarNumber(scalar, parameters, `${path}${name}`);
    checkStop(name, found[name], path);
  }
  return found;
}

/** Refuses a stop that does not keep its rule; `path` begins the message. */
export function checkStop(name: StopName, value: unknown, path = ""): void {
  checkRule(`${path}${name}`, value, STOPS[name].rule);
}

/** Whether a part of a strategy is a stop. */
export function isStop(name: string): name is StopName {
  return Object.hasOwn(STOPS, name);
}
