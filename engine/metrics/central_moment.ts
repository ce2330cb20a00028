import { mean } from "./mean.ts";

/** Mean of the values' distances from their mean, raised to `order` (1 or more); NaN of no values. */
export function centralMoment(values: ArrayLike<number>, order: number): number {
  const center = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const distance = values[i] - center;
    let power = distance;
    for (let k = 1; k < order; k++) power *= distance;
    sum += power;
  }
  return sum / values.length;
}
