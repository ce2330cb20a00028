import { InputError } from "../market/errors.ts";

/** Fills `ticks` with prices as whole ticks. Throws an `InputError` for a price between ticks. */
export function fillTicks(
  prices: Float64Array,
  ticks: Float64Array,
  scale: number,
  from: number,
  to: number,
  name: string,
): void {
  for (let i = from; i < to; i++) {
    const whole = Math.round(prices[i] * scale);
    if (whole / scale !== prices[i]) {
      throw new InputError(
        `${name} ${prices[i]} is no whole number of ticks of ${1 / scale}, the instrument's tick`,
      );
    }
    ticks[i] = whole;
  }
}
