import { type Kernel, kernel } from "../../operator.ts";
import { hasPattern } from "./library.ts";
import type { Pattern } from "./patterns.ts";

/** What a pattern looks at, in this order. */
export const PATTERN_INPUTS = ["open", "high", "low", "close"] as const;

/**
 * A candlestick pattern of the library as an operator: it sees its few newest rows and remembers
 * none, so that nothing has to be replayed. It is unknown where one of those rows is.
 */
export function patternKernel(
  name: string,
  { rows, note }: Pattern,
  family: { name: string; version: number },
): Kernel {
  return {
    ...kernel({
      name: `${family.name} ${name}`,
      version: family.version,
      inputs: PATTERN_INPUTS.map(() => "number"),
      output: "boolean",
      args: { indicator: "text" },
      lookback: () => rows - 1,
      fill(inputs, [out], _, from, to) {
        for (let i = from; i < to; i++) {
          const [open, high, low, close] = inputs.map((column) => newest(column, rows, i));
          const known = [open, high, low, close].every((prices) => prices.every(Number.isFinite));
          out[i] = !known ? NaN : hasPattern(name, { open, high, low, close }) ? 1 : 0;
        }
      },
    }),
    note,
  };
}

/** In a plain array: the library cuts it up, which takes typed ones long. */
function newest(column: Float64Array, rows: number, i: number): number[] {
  const prices: number[] = [];
  for (let j = i - rows + 1; j <= i; j++) prices.push(column[j]);
  return prices;
}
