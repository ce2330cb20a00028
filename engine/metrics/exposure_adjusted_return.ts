/**
 * Growth rate a year over the part of the time that was spent in the market, CAGR / exposure. A
 * fraction: roughly what the same trading would have made if it had found a trade at all times, and so
 * below −1 where it loses fast. NaN if either is, and where no row held a position.
 *
 * Source: quantstats' `rar`, whose exposure is the part of the days that did not return 0, rounded up
 * to a whole percent.
 */
export function exposureAdjustedReturn(growth: number, exposure: number): number {
  return exposure > 0 ? growth / exposure : NaN;
}
