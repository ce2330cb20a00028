import type { AccountSettings } from "../../account/settings.ts";
import { type CandleColumns, Candles } from "../../market/candles.ts";
import type { Timeframe } from "../../market/timeframe.ts";
import type { MetricsSettings } from "../../metrics/settings.ts";
import type { ParameterValues } from "../../series/scalars.ts";
import { readStrategy, type RiskJson, type StrategyJson } from "../../strategy/strategy_json.ts";
import { runBatch, type SweepSpec } from "./batch.ts";
import { SWEEP_NUMBERS } from "./numbers.ts";
import { packReturns } from "./packed_returns.ts";

/** All that a worker needs before its first batch: data, and columns in shared memory. */
export interface Work {
  strategy: StrategyJson;
  risk: RiskJson;
  account: AccountSettings;
  timeframe: Timeframe;
  start?: number;
  settings: MetricsSettings;
  /** Whether returns are wanted, in the place of numbers. */
  keepsReturns?: boolean;
  candles: { timeframe: Timeframe; columns: CandleColumns; decimals: number | undefined };
}

/** Candles as they are given to a worker: no more than their columns. */
export function columnsOf(candles: Candles): Work["candles"] {
  const { timeframe, decimals, time, open, high, low, close, volume, trades, kind } = candles;
  const { funding, fundingInGap, fundingInside, instruments } = candles;
  const own = { time, open, high, low, close, volume, trades, kind };
  const beside = { funding, fundingInGap, fundingInside, instruments };
  return { timeframe, columns: { ...own, ...beside }, decimals };
}

/** Sets of a batch, if they take no time: enough to share what they have in common, few enough to be told of often. */
export const BATCH_SETS = 500;

/** A batch of sets, by the number of its first one. */
export interface Batch {
  batch: number;
  sets: ParameterValues[];
}

/** What came of a batch, as `batchNumbers` gives it; or why nothing did. */
export type Done =
  | { batch: number; numbers: Float64Array }
  | { batch: number; error: string; isInput: boolean };

/** What runs batches of the work that it was given. */
export function worker(
  { strategy, risk, candles, ...common }: Work,
): (batch: Batch) => Float64Array {
  const spec: SweepSpec = { ...common, strategy: readStrategy(strategy, risk) };
  const { timeframe, columns, decimals } = candles;
  const own = new Candles(timeframe, columns, decimals);
  return ({ sets }) => batchNumbers(spec, sets, own);
}

/**
 * Runs a batch, and gives its numbers in one array, set after set, each in the order of `SWEEP_NUMBERS`; or its returns,
 * packed, where these are kept.
 */
export function batchNumbers(
  spec: SweepSpec,
  sets: readonly ParameterValues[],
  candles: Candles,
): Float64Array {
  const tallies = runBatch(spec, sets, candles);
  if (spec.keepsReturns) return packReturns(tallies.map(({ returns }) => returns));
  const found = tallies.map((tally) => tally.numbers());
  return Float64Array.from(found.flatMap((one) => SWEEP_NUMBERS.map((name) => one[name])));
}
