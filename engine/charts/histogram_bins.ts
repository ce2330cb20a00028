/** How many values lie in [from, to). 0 is a border, and values of exactly 0 are counted apart. */
export interface Bin {
  from: number;
  to: number;
  count: number;
  zeros: number;
}

const ROUND = [1, 2, 5, 10], MOST_BINS = 60;

/**
 * Bins of one round width that hold every value. The width follows Freedman and Diaconis (1981), twice
 * the interquartile range over the cube root of the count; but there are at most 60 bins.
 */
export function histogramBins(values: readonly number[]): Bin[] {
  const sorted = values.toSorted((a, b) => a - b), { length } = sorted;
  const low = sorted[0], high = sorted[length - 1];
  const spread = sorted[Math.floor(0.75 * (length - 1))] - sorted[Math.floor(0.25 * (length - 1))];
  const least = (high - low) / MOST_BINS || Math.abs(high) || 1;
  const width = roundWidth(Math.max(2 * spread / Math.cbrt(length), least));
  const bins: Bin[] = [];
  for (let k = Math.floor(low / width); k <= Math.floor(high / width); k++) {
    bins.push({ from: k * width, to: (k + 1) * width, count: 0, zeros: 0 });
  }
  const first = Math.floor(low / width);
  for (const value of values) {
    bins[Math.floor(value / width) - first][value === 0 ? "zeros" : "count"]++;
  }
  return bins;
}

function roundWidth(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  return power * (ROUND.find((factor) => factor * power >= width * (1 - 1e-9)) ?? 10);
}
