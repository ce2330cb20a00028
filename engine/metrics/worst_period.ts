/** Lowest return of a period, a fraction. NaN of no returns. */
export function worstPeriod(returns: Float64Array): number {
  return returns.reduce((worst, value) => worst <= value ? worst : value, NaN);
}
