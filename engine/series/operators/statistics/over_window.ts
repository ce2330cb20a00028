import { type Kernel, kernel, type NumberRule, windowRule } from "../../operator.ts";

/** What is made of the `window` rows that end with row `i`, all of which are known. */
type OfWindow = (columns: readonly Float64Array[], i: number, window: number) => number;

/**
 * A kernel over the last `window` rows of one column or two that looks at all of them anew at each row: it
 * cannot drift, and equal windows give equal bits. Unknown while a row of the window is.
 */
export function overWindow(
  name: string,
  columns: 1 | 2,
  least: number,
  of: OfWindow,
  rule: NumberRule = windowRule(least),
): Kernel {
  return kernel({
    name,
    inputs: columns === 1 ? ["number"] : ["number", "number"],
    args: { window: rule },
    lookback: ({ window }) => window,
    stateSize: () => 1,
    fill(inputs, [out], state, from, to, { args: { window } }) {
      let known = state[0];
      for (let i = from; i < to; i++) {
        known = areKnown(inputs, i) ? known + 1 : 0;
        out[i] = NaN;
        if (known >= window) out[i] = of(inputs, i, window) + 0;
      }
      state[0] = Math.min(known, window);
    },
  });
}

function areKnown(inputs: readonly Float64Array[], i: number): boolean {
  for (const input of inputs) if (input[i] - input[i] !== 0) return false;
  return true;
}

/** The mean of the window that ends with row `i`: exactly that number where all rows hold one. */
export function meanOf(x: Float64Array, i: number, window: number): number {
  let sum = 0;
  for (let j = i - window + 1; j < i; j++) sum += x[j] - x[i];
  return x[i] + sum / window;
}

/** The sum of the products of what two columns are off their means, over the window that ends with row `i`. */
export function productsAround(
  x: Float64Array,
  y: Float64Array,
  i: number,
  window: number,
): number {
  const xMean = meanOf(x, i, window), yMean = x === y ? xMean : meanOf(y, i, window);
  let sum = 0;
  for (let j = i - window + 1; j <= i; j++) sum += (x[j] - xMean) * (y[j] - yMean);
  return sum;
}
