import type { Timeframe } from "../market/timeframe.ts";

/**
 * By what a market is known again, whatever its file is called and wherever it begins: closes of it, and
 * their times (UTC milliseconds), both ascending in time.
 */
export interface MarketMarks {
  readonly times: Float64Array;
  readonly closes: Float64Array;
}

/** Sharpe ratios, a year of 365 days, of some sets: how many are known, their sum, and that of their squares. */
export interface RatioSums {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
}

/** Sets of parameters that a search tried over one span. */
export interface TriedSets {
  strategy: string;
  timeframe: Timeframe;
  /** How they were found: grid, random, … */
  method: string;
  /** The span in which the account acted, [from, to): UTC milliseconds. */
  from: number;
  to: number;
  /**
   * A number for each different set, ascending: whole, 0 to 2⁵³ − 1, the same for the same strategy, account
   * and parameters.
   */
  ids: Float64Array;
  ratios: RatioSums;
}

/** What an earlier search tried. */
export interface EarlierSets {
  ids: Float64Array;
  ratios: RatioSums;
  /** As how many independent ones they were found to count; NaN if nobody judged them. */
  independent: number;
}

/**
 * What a ledger knows to have been tried over a market and spans that overlap with [from, to), told at once: for
 * whoever cannot wait.
 */
export type TriedBefore = (
  market: MarketMarks,
  from: number,
  to: number,
) => readonly EarlierSets[];

/** What a ledger answers to a search. */
export interface Recorded {
  /** The search's own rows. */
  rows: readonly number[];
  /** What was tried before over the same market and a span that overlaps with one of the search's. */
  earlier: readonly EarlierSets[];
}

/** A row of a ledger, for people. */
export interface LedgerRow {
  /** Which market, as a number of the ledger's own. */
  market: number;
  strategy: string;
  timeframe: Timeframe;
  method: string;
  from: number;
  to: number;
  sets: number;
  ratios: RatioSums;
  independent: number;
  /** When it was tried last (UTC milliseconds), and how often it was. */
  at: number;
  times: number;
}

/** The sets that were ever tried, by market and span: what the best of them is worth depends on how many they were. */
export interface TrialLedger {
  /** Throws an `InputError` if it cannot be used, before there is anything to write down. */
  check(): Promise<void>;
  /**
   * Writes down, for good, what a search tried, and tells what was tried before: both at once, so that of
   * two searches at the same time one sees the other. A search that is run again is the same rows.
   */
  record(market: MarketMarks, tried: readonly TriedSets[]): Promise<Recorded>;
  /** What was tried before over the same market and an overlapping span, for who has no leave to write. */
  before(market: MarketMarks, tried: readonly TriedSets[]): Promise<readonly EarlierSets[]>;
  /** Notes as how many independent sets those of a row count. */
  judged(row: number, independent: number): Promise<void>;
  /** All rows, by market, the oldest first. */
  rows(): Promise<LedgerRow[]>;
  /** How many different sets were tried over each market, whatever the span. */
  distinct(): Promise<ReadonlyMap<number, number>>;
}
