import { gainsOverLosses } from "./omega.ts";
import { tailRatio } from "./tail_ratio.ts";

/**
 * Common sense ratio: the gains of the period returns over their losses, times the tail ratio. A pure
 * number; NaN where either is.
 *
 * Source: quantstats' `common_sense_ratio`.
 */
export function commonSenseRatio(returns: Float64Array): number {
  return gainsOverLosses(returns, 0) * tailRatio(returns);
}
