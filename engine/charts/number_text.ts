import { rangeOf } from "./pane.ts";

/** Writes numbers with as many decimals as the largest of them leaves of `FIGURES`. */
export function numbersLike(values: ArrayLike<number>): (value: number) => string {
  const { low, high } = rangeOf(values), size = Math.max(Math.abs(low), Math.abs(high)) || 1;
  return withDecimals(FIGURES - 1 - Math.floor(Math.log10(size)));
}

const FIGURES = 5, MOST_DECIMALS = 12;

/** Writes numbers with so many decimals; a unit may stand behind. */
export function withDecimals(decimals: number, unit = ""): (value: number) => string {
  const some = Math.min(Math.max(decimals, 0), MOST_DECIMALS);
  const format = new Intl.NumberFormat("en-US", {
    minimumFractionDigits: some,
    maximumFractionDigits: some,
  });
  return (value) => format.format(value) + unit;
}

/** Writes percentages. */
export const percentText: (value: number) => string = withDecimals(2, "%");
