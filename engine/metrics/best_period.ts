/** Highest return of a period, a fraction. NaN of no returns. */
export function bestPeriod(returns: Float64Array): number {
  return returns.reduce((best, value) => best >= value ? best : value, NaN);
}
