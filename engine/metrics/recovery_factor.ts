/**
 * Recovery factor: the total return over the depth of the deepest drawdown. A pure number; NaN if
 * either is, and where equity never fell.
 *
 * Source: the trading platforms' net profit / maximal drawdown, both as fractions here. (quantstats
 * adds the returns up instead of compounding them, and drops the sign: a loss recovers as a profit.)
 */
export function recoveryFactor(gained: number, depth: number): number {
  return depth < 0 ? gained / -depth : NaN;
}
