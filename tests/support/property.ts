import fc from "fast-check";

/** Checks a property on cases that are the same on every run. */
export function assertProperty<Ts>(property: fc.IProperty<Ts>, numRuns = 100): void {
  fc.assert(property, { seed: 20_240_808, numRuns });
}
