/** What returns one after the other make, as a fraction: 0 of none. */
export function compounded(returns: readonly number[]): number {
  return returns.reduce((growth, value) => growth * (1 + value), 1) - 1;
}
