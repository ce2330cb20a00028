/**
 * Calls `visit` for every fall of equity below its running peak, from the first on, with its depth (a
 * fraction, negative) and the rows of peak, valley and recovery. The first peak is the initial balance, whose
 * row is -1; a peak that is held counts from its last row; `end` is undefined where equity never came back.
 * Returns whether all are known: false at the first row whose equity is NaN, where it stops.
 */
export function eachFall(
  initialBalance: number,
  equity: Float64Array,
  visit: (depth: number, start: number, valley: number, end: number | undefined) => void,
): boolean {
  let peak = initialBalance, start = -1, low = peak, valley = 0;
  for (let i = 0; i < equity.length; i++) {
    const value = equity[i];
    if (value < peak) {
      if (value >= low) continue;
      low = value;
      valley = i;
    } else if (value >= peak) {
      if (low < peak) visit((low - peak) / peak, start, valley, i);
      peak = low = value;
      start = i;
    } else {
      return false;
    }
  }
  if (low < peak) visit((low - peak) / peak, start, valley, undefined);
  return true;
}
