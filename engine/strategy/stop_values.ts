import { checkRule } from "../account/check_settings.ts";
import {
  type DistanceName,
  STOP_NAMES,
  type StopName,
  type StopRule,
  STOPS,
  type Stops,
} from "../account/stop_rules.ts";
import { Expression, isScalar, Numeric } from "../series/expression.ts";
import { type ParameterValues, scalarNumber } from "../series/scalars.ts";

/**
 * A strategy's stops: numbers, parameters or arithmetic on them; or series, which are distances in
 * price, for those that `STOPS` allows it.
 */
export type StopOperands = { [Name in StopName]?: number | Numeric };

/**
 * Those of a strategy's stops that are known before a run, with the parameters' values. Throws an
 * `InputError` for one that does not keep its rule; `path` begins its message.
 */
export function stopValues(stops: StopOperands, parameters: ParameterValues, path = ""): Stops {
  const found: Stops = {};
  for (const name of STOP_NAMES) {
    const operand = stops[name];
    if (operand === undefined || isDistance(operand)) continue;
    found[name] = scalarNumber(operand, parameters, `${path}${name}`);
    checkStop(name, found[name], path);
  }
  return found;
}

/** Those of a strategy's stops that are series. */
export function stopDistances(stops: StopOperands): { [Name in DistanceName]?: Numeric } {
  return Object.fromEntries(Object.entries(stops).filter(([, operand]) => isDistance(operand)));
}

/** Whether a stop is a series, and so a distance in price. */
export function isDistance(operand: unknown): operand is Numeric {
  return operand instanceof Expression && !isScalar(operand);
}

/** Whether a value may be the stop of that name. */
export function fitsStop({ distance }: StopRule, value: unknown): boolean {
  if (typeof value !== "number" && !(value instanceof Numeric)) return false;
  return distance || isScalar(value);
}

/** What a stop may be, in words. */
export function stopKinds({ distance }: StopRule): string {
  return distance ? "a number, a parameter or a series of numbers" : "a number or a parameter";
}

/** Refuses a stop that does not keep its rule; `path` begins the message. */
export function checkStop(name: StopName, value: unknown, path = ""): void {
  checkRule(`${path}${name}`, value, STOPS[name].rule);
}

/** Whether a part of a strategy is a stop. */
export function isStop(name: string): name is StopName {
  return Object.hasOwn(STOPS, name);
}
