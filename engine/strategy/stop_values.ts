import type { Stops } from "../account/settings.ts";
import { InputError } from "../market/errors.ts";
import { type ParameterValues, scalarNumber } from "../series/scalars.ts";
import type { StopScalars } from "./strategy.ts";

/**
 * A strategy's stops with the parameters' values. Throws an `InputError` for one that is no fraction
 * of the entry price; `path` begins its message.
 */
export function stopValues(stops: StopScalars, parameters: ParameterValues, path = ""): Stops {
  const found: Stops = {};
  for (const name of ["stopLoss", "takeProfit"] as const) {
    const scalar = stops[name];
    if (scalar === undefined) continue;
    const value = scalarNumber(scalar, parameters, `${path}${name}`);
    // A price cannot fall by all of itself or more, so such a stop would never be reached.
    const fits = value > 0 && (name === "stopLoss" ? value < 1 : value < Infinity);
    if (!fits) throw new InputError(`${path}${name} is ${value}, but must be ${RULES[name]}`);
    found[name] = value;
  }
  return found;
}

const RULES = {
  stopLoss: "a fraction of the entry price, above 0 and below 1",
  takeProfit: "a fraction of the entry price, above 0",
};
