import { InputError } from "../../market/errors.ts";
import { scalarHolds } from "../../series/scalar_holds.ts";
import type { ParameterValues } from "../../series/scalars.ts";
import type { Strategy } from "../../strategy/strategy.ts";
import type { Random } from "../seeded_random.ts";

/** How often it is tried to find values that go together. */
const TRIES = 1_000;

/**
 * Parameters near some others: each number moved by up to `within` of itself, by chance, a whole one by
 * 1 at least, as far as the strategy allows. Texts stay. Throws an `InputError` for a `within` that is
 * not above 0, and where nothing near is allowed.
 */
export function jitteredParameters(
  { name, parameters, where }: Strategy,
  values: ParameterValues,
  within: number,
  random: Random,
): ParameterValues {
  if (!(within > 0 && within <= 1)) {
    throw new InputError(`within is ${within}, but must be a fraction above 0, 1 at most`);
  }
  for (let tries = 0; tries < TRIES; tries++) {
    const near = Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        const { type, ...range } = parameters[name];
        if (typeof value !== "number" || !("min" in range)) return [name, value];
        const far = Math.max(within * Math.abs(value), type === "whole" ? 1 : 0);
        // Both ends of a whole one are as likely as what is between them.
        const moved = type === "whole"
          ? Math.ceil(value - far) +
            Math.floor(random() * (Math.floor(value + far) - Math.ceil(value - far) + 1))
          : value + far * (2 * random() - 1);
        return [name, Math.min(range.max, Math.max(range.min, moved))];
      }),
    );
    if (where === undefined || scalarHolds(where, near)) return near;
  }
  throw new InputError(`${name} allows no set of parameters near this one (see its "where")`);
}
