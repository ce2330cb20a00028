import { InputError } from "../market/errors.ts";

/**
 * Copies prices to row `at` of `column`, and as whole ticks to that of `ticks`, in one pass. Throws an `InputError` for
 * a price between ticks.
 */
export function loadPrices(
  prices: Float64Array,
  column: Float64Array,
  ticks: Float64Array,
  at: number,
  scale: number,
  name: string,
): void {
  for (let i = 0; i < prices.length; i++) {
    const price = prices[i], whole = Math.floor(price * scale + 0.5);
    if (whole / scale !== price) {
      throw new InputError(
        `${name} ${price} is no whole number of ticks of ${1 / scale}, the instrument's tick`,
      );
    }
    column[at + i] = price;
    ticks[at + i] = whole;
  }
}
