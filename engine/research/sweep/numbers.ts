/** What tables and files show of every set, in the order of their columns. */
export const SHOWN_NUMBERS = ["totalReturn", "sharpe", "maxDrawdown", "trades"] as const;

/** What a sweep measures of every set: what is shown, and what it may be ranked by besides. */
export const SWEEP_NUMBERS = [...SHOWN_NUMBERS, "turnover"] as const;
export type SweepNumber = typeof SWEEP_NUMBERS[number];

/**
 * What came of one set of parameters: return and deepest drawdown as fractions (a drawdown is negative),
 * Sharpe ratio a year, closed trades, money that was bought and sold for. As in a summary; NaN is unknown.
 */
export type SweepNumbers = Record<SweepNumber, number>;
export type ShownNumbers = Pick<SweepNumbers, typeof SHOWN_NUMBERS[number]>;

/** Which way a number is better, 1 for more and -1 for less (what costs), and what the best of it is called. */
const BETTER: Readonly<Record<SweepNumber, readonly [way: 1 | -1, best: string]>> = {
  totalReturn: [1, "highest"],
  sharpe: [1, "highest"],
  maxDrawdown: [1, "shallowest"],
  trades: [-1, "fewest"],
  turnover: [-1, "lowest"],
};

/** Which way a number is better: 1 for more, -1 for less. */
export function betterWay(name: SweepNumber): 1 | -1 {
  return BETTER[name][0];
}

/** What stands first where sets are ranked by a number, as an adjective: highest, fewest. */
export function bestWord(name: SweepNumber): string {
  return BETTER[name][1];
}

/** The numbers to show of a search that goes by `objectives`. */
export function shownNumbers(objectives: readonly SweepNumber[]): readonly SweepNumber[] {
  return SWEEP_NUMBERS.filter((name) =>
    (SHOWN_NUMBERS as readonly SweepNumber[]).includes(name) || objectives.includes(name)
  );
}

/** One number of every set, where those of each stand behind each other. */
export function numberOf(numbers: Float64Array, name: SweepNumber): Float64Array {
  const width = SWEEP_NUMBERS.length, at = SWEEP_NUMBERS.indexOf(name);
  return Float64Array.from(
    { length: numbers.length / width },
    (_, set) => numbers[set * width + at],
  );
}
