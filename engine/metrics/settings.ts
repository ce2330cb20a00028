import { checkOptions } from "../market/check_options.ts";
import { InputError } from "../market/errors.ts";
import { nominalLength, parseTimeframe, type Timeframe } from "../market/timeframe.ts";

/** The choices that metrics depend on. Every summary carries them. */
export interface MetricsSettings {
  /** Returns are taken over UTC periods of this length. */
  period: Timeframe;
  /** Returns in a year: ratios are scaled by its square root. */
  periodsPerYear: number;
  /** What is taken off the number of values in the divisor of a variance: 1 for a sample. */
  ddof: number;
  /** Risk-free return a year, as a fraction. */
  riskFree: number;
  /**
   * How sure statements about risk are to be, above 0.5 and below 1: at 0.95 one period in twenty is
   * worse than the value at risk.
   */
  confidence: number;
}

/**
 * Settings as a caller gives them; what is left out is daily, 365 a year, ddof 1, risk-free 0,
 * confidence 0.95.
 */
export type MetricsOptions = Partial<MetricsSettings>;

/**
 * The settings with every default filled in. `periodsPerYear` follows `period` (365 for days, 12 for
 * months), because crypto markets never close. Throws an `InputError` for impossible values and for
 * names that there are not.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(metricsSettings(), {
 *   period: "1d",
 *   periodsPerYear: 365,
 *   ddof: 1,
 *   riskFree: 0,
 *   confidence: 0.95,
 * });
 * assert.equal(metricsSettings({ period: "1h" }).periodsPerYear, 8760);
 * ```
 */
export function metricsSettings(options: MetricsOptions = {}): MetricsSettings {
  checkOptions(options, ["period", "periodsPerYear", "ddof", "riskFree", "confidence"], "summary");
  const period = parseTimeframe(String(options.period ?? "1d"));
  const { periodsPerYear = periodsIn365Days(period), ddof = 1, riskFree = 0 } = options;
  const { confidence = 0.95 } = options;
  if (!(periodsPerYear > 0 && periodsPerYear < Infinity)) {
    throw new InputError(
      `Cannot annualise: periodsPerYear must be a number above 0, not ${periodsPerYear}`,
    );
  }
  if (!(Number.isInteger(ddof) && ddof >= 0)) {
    throw new InputError(
      `Cannot take a deviation: ddof must be a whole number of 0 or more, not ${ddof}`,
    );
  }
  if (!(riskFree > -1 && riskFree < Infinity)) {
    throw new InputError(
      `Cannot subtract the risk-free return: it must be a fraction above -1 ` +
        `(0.04 for 4 % a year), not ${riskFree}`,
    );
  }
  if (!(confidence > 0.5 && confidence < 1)) {
    throw new InputError(
      `Cannot be confident: confidence must be above 0.5 and below 1 (0.95 for 95 %), ` +
        `not ${confidence}`,
    );
  }
  return { period, periodsPerYear, ddof, riskFree, confidence };
}

/** The risk-free return of one period, which compounds to `riskFree` over a year. */
export function riskFreePerPeriod({ riskFree, periodsPerYear }: MetricsSettings): number {
  return (1 + riskFree) ** (1 / periodsPerYear) - 1;
}

/** How many periods 365 days have; of months 12. */
export function periodsIn365Days(period: Timeframe): number {
  return period === "1M" ? 12 : 365 * nominalLength("1d") / nominalLength(period);
}
