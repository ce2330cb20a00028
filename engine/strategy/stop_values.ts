import type { Stops } from "../account/settings.ts";
import { InputError } from "../market/errors.ts";
import type { Numeric } from "../series/expression.ts";
import { type ParameterValues, scalarNumber } from "../series/scalars.ts";

/** Fractions of the entry price at which a position is closed. */
export interface StopScalars {
  stopLoss?: number | Numeric;
  takeProfit?: number | Numeric;
}

/**
 * A strategy's stops with the parameters' values. Throws an `InputError` for one that is no fraction
 * of the entry price; `path` begins its message.
 */
export function stopValues(stops: StopScalars, parameters: ParameterValues, path = ""): Stops {
  const found: Stops = {};
  for (const name of ["stopLoss", "takeProfit"] as const) {
    const scalar = stops[name];
    if (scalar === undefined) continue;
    found[name] = scalarNumber(scalar, parameters, `${path}${name}`);
    checkStop(name, found[name], path);
  }
  return found;
}

/** Refuses a stop that is no fraction of the entry price; `path` begins the message. */
export function checkStop(name: keyof typeof RULES, value: number, path = ""): void {
  // A price cannot fall by all of itself or more, so such a stop would never be reached.
  const fits = value > 0 && (name === "stopLoss" ? value < 1 : value < Infinity);
  if (!fits) throw new InputError(`${path}${name} is ${value}, but must be ${RULES[name]}`);
}

/** Whether a part of a strategy is a stop. */
export function isStop(name: string): name is keyof typeof RULES {
  return Object.hasOwn(RULES, name);
}

const RULES = {
  stopLoss: "a fraction of the entry price, above 0 and below 1",
  takeProfit: "a fraction of the entry price, above 0",
};
