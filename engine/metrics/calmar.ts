/**
 * Calmar ratio: growth rate a year over the depth of the deepest drawdown, CAGR / |max drawdown|. A
 * pure number; NaN if either is, and where equity never fell.
 *
 * Source: T. W. Young, "Calmar Ratio: A Smoother Tool", Futures 20(1), 1991; over the whole span here
 * rather than its last 36 months.
 */
export function calmar(growth: number, depth: number): number {
  return depth < 0 ? growth / -depth : NaN;
}
