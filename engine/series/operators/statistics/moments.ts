import { meanOf } from "./over_window.ts";

/** The mean square, cube and fourth power of what the window that ends with row `i` is off its mean. */
export function moments(x: Float64Array, i: number, window: number) {
  const mean = meanOf(x, i, window);
  let second = 0, third = 0, fourth = 0;
  for (let j = i - window + 1; j <= i; j++) {
    const off = x[j] - mean, square = off * off;
    second += square;
    third += square * off;
    fourth += square * square;
  }
  return { second: second / window, third: third / window, fourth: fourth / window };
}
