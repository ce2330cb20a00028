/** What a sweep measures of every set, in the order of its columns. */
export const SWEEP_NUMBERS = ["totalReturn", "sharpe", "maxDrawdown", "trades"] as const;
export type SweepNumber = typeof SWEEP_NUMBERS[number];

/**
 * What came of one set of parameters: return and deepest drawdown as fractions (a drawdown is negative),
 * Sharpe ratio a year, closed trades. As in a summary; NaN is unknown.
 */
export type SweepNumbers = Record<SweepNumber, number>;
