import { CompensatedSum } from "./compensated_sum.ts";

/** Arithmetic mean; NaN of no values. */
export function mean(values: ArrayLike<number>): number {
  const sum = new CompensatedSum();
  for (let i = 0; i < values.length; i++) sum.add(values[i]);
  return sum.value / values.length;
}
