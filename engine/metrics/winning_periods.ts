/**
 * Of the periods in which equity moved, the fraction that returned more than 0. NaN where it never
 * did.
 *
 * Source: quantstats' `win_rate`.
 */
export function winningPeriods(returns: Float64Array): number {
  let won = 0, moved = 0;
  for (let i = 0; i < returns.length; i++) {
    if (returns[i] > 0) won++;
    if (returns[i] !== 0) moved++;
  }
  return won / moved;
}
