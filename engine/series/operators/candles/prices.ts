import { additionError } from "../../../market/exact.ts";
import { checkCandleCall } from "../../check_call.ts";
import { close, high, low, Numeric, open } from "../../expression.ts";
import { type Kernel, kernel, type KernelContext } from "../../operator.ts";

/**
 * The mean of prices of a row. What the additions lose is added at the end, so that candles whose prices add up to
 * the same have the same mean, in whatever order they were added.
 */
const priceMean = <const Name extends string>(name: Name, inputs: readonly "number"[]) =>
  kernel({ name, inputs, fill: fillMeans });

function fillMeans(
  prices: Parameters<Kernel["fill"]>[0],
  [out]: readonly Float64Array[],
  _state: Float64Array,
  from: number,
  to: number,
  _context: KernelContext,
): void {
  for (let i = from; i < to; i++) {
    let sum = 0, lost = 0;
    for (const price of prices) {
      const more = sum + price[i];
      lost += additionError(sum, price[i], more);
      sum = more;
    }
    out[i] = (sum + lost) / prices.length + 0;
  }
}

export const medianPriceOperator = priceMean("medianPrice", ["number", "number"]);
export const typicalPriceOperator = priceMean("typicalPrice", ["number", "number", "number"]);
export const averagePriceOperator = priceMean("averagePrice", [
  "number",
  "number",
  "number",
  "number",
]);

/** The middle of a candle: (high + low) / 2 (TA-Lib's MEDPRICE; hl2). */
export function medianPrice(): Numeric {
  checkCandleCall("medianPrice", arguments, 0);
  return new Numeric({ op: "medianPrice", inputs: [high, low] });
}

/** (high + low + close) / 3 (TA-Lib's TYPPRICE; hlc3). */
export function typicalPrice(): Numeric {
  checkCandleCall("typicalPrice", arguments, 0);
  return new Numeric({ op: "typicalPrice", inputs: [high, low, close] });
}

/** (open + high + low + close) / 4 (TA-Lib's AVGPRICE; ohlc4). */
export function averagePrice(): Numeric {
  checkCandleCall("averagePrice", arguments, 0);
  return new Numeric({ op: "averagePrice", inputs: [open, high, low, close] });
}
