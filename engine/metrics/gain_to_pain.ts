import { gainsOverLosses } from "./omega.ts";

/**
 * Gain to pain ratio: the sum of the returns over the sum of the losing ones, positive. A pure number;
 * the omega ratio at a threshold of 0, less 1. NaN of fewer than two returns, and without a loss.
 *
 * Source: J. D. Schwager, "Hedge Fund Market Wizards", 2012, who takes the returns of months; the
 * summary has it of its settings' periods, as quantstats does.
 */
export function gainToPain(returns: Float64Array): number {
  return gainsOverLosses(returns, 0) - 1;
}
