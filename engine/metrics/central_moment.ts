import { CompensatedSum } from "./compensated_sum.ts";
import { mean } from "./mean.ts";

/** Mean of the values' distances from their mean, raised to `order` (1 or more); NaN of no values. */
export function centralMoment(values: ArrayLike<number>, order: number): number {
  const center = mean(values);
  const sum = new CompensatedSum();
  for (let i = 0; i < values.length; i++) {
    const distance = values[i] - center;
    let power = distance;
    for (let k = 1; k < order; k++) power *= distance;
    sum.add(power);
  }
  return sum.value / values.length;
}
