/**
 * What a notebook imports: a table of contents.
 *
 * ```ts
 * import { crossesAbove, crossesBelow, sma } from "./series/mod.ts"; // this file has them too
 *
 * const candles = await readCandlesCsv("data/sample_candles_1h.csv.gz");
 * const cross = strategy("cross", { fast: whole(10), slow: whole(30) }, {
 *   where: ({ fast, slow }) => fast.below(slow),
 *   build: ({ fast, slow }, { close }) => ({
 *     enterLong: crossesAbove(sma(close, fast), sma(close, slow)),
 *     exitLong: crossesBelow(sma(close, fast), sma(close, slow)),
 *   }),
 * });
 * const result = backtest(cross, candles, { params: { fast: 20, slow: 60 } });
 * result.summary().totalReturn; // a fraction: 0.1 is 10 %
 * ```
 *
 * @module
 */

// How all of it shows itself in a notebook.
import "./charts/display/register.ts";

import type { NotedCandles } from "./market/noted_candles.ts";
import { LiveResult } from "./research/live_result.ts";
import { keepTrialsIn } from "./search/trials/standing_ledger.ts";
import { knowTrialsBy } from "./research/known_trials.ts";
import { trialsBefore } from "./search/trials/trials_before.ts";
import type { StoredCandlesOptions } from "./storage/notebook_candles.ts";

// What loads the database's packages has names that Deno does not read beforehand: a strategy that imports this
// file is also for commands that have no such packages.
const CANDLES = "./storage/notebook_candles.ts", STORE = "./storage/database_there.ts";
const RUN = "./live/bots/stored_run.ts";

/**
 * Stored candles, from the archive and the database as one: the archive's first, the database's behind
 * them. Silent intervals are `empty` candles; a timeframe of which there are none is made of a finer
 * one. `notes` says so, and a notebook shows it. Throws an `InputError` if none are stored, or if both
 * know a candle and differ, unless `prefer` says which is right.
 *
 *     const btc = await candles({ exchange: "okx", symbol: "BTC/USDT", timeframe: "1h", from: "2024-01-01" });
 */
export async function candles(options: StoredCandlesOptions): Promise<NotedCandles> {
  const { notebookCandles }: typeof import("./storage/notebook_candles.ts") = await import(CANDLES);
  return await notebookCandles(options);
}
export type { StoredCandlesOptions };

/**
 * What a bot has done, by its id or the beginning of it, or by its config's name, which means the last run
 * of that: signals, fills, trades and equity out of its tables, as a result with the frames, metrics and pictures of a backtest; and `backtest()`, what its
 * strategy gives over the same candles. Throws an `InputError` if there is no such bot, if it has decided
 * nothing yet, or if this engine cannot run it.
 *
 *     const live = await bot("sma_cross_1m");
 *     compare([live, live.backtest()], { names: ["bot", "backtest"] });
 */
export async function bot(id: string): Promise<LiveResult> {
  const { withStoreThere }: typeof import("./storage/database_there.ts") = await import(STORE);
  const { storedRun }: typeof import("./live/bots/stored_run.ts") = await import(RUN);
  return await withStoreThere(async (store) => new LiveResult(await storedRun(store, id)));
}
export type { LiveResult };

// Whatever is searched for here, the sets that were tried are counted (`judgeSearch`), and what is promoted says
// how many they were. That cannot wait for an import, so it is done beforehand.
const { trialsFile } = await import("./storage/trials/file.ts");
const { sqliteLedger } = await import("./storage/trials/sqlite_ledger.ts");
const { triedBefore } = await import("./storage/trials/tried_before.ts");
keepTrialsIn(() => Promise.resolve(sqliteLedger(trialsFile())));
knowTrialsBy((result) => trialsBefore(result, (...asked) => triedBefore(trialsFile())(...asked)));

// Candles: columns, timeframes, files, danfo frames.
export { type Candle, type CandleColumns, Candles } from "./market/candles.ts";
export type { Gap } from "./market/row_times.ts";
export type { FundingRates } from "./market/funding.ts";
export { readFundingCsv } from "./market/funding_csv.ts";
export type { Time } from "./market/time.ts";
export { type Timeframe, TIMEFRAMES } from "./market/timeframe.ts";
export { readCandlesCsv, writeCandlesCsv } from "./market/candles_csv.ts";
export { candlesFromFrame, candlesToFrame } from "./market/frame.ts";
export { resample } from "./market/resample.ts";
export { type InstrumentCandles, withInstruments } from "./market/with_instruments.ts";
export { CandleBuilder } from "./market/candle_builder.ts";
export { readTape } from "./market/tape.ts";
export type { Instrument, Trade } from "./market/trade.ts";
export { InputError } from "./market/errors.ts";

// What strategies are written with.
export * from "./series/mod.ts";
export type { ParameterValues } from "./series/scalars.ts";
export { choice, number, whole } from "./strategy/parameters.ts";
export { type Strategy, strategy } from "./strategy/strategy.ts";
export { strategyHash, writeStrategy } from "./strategy/strategy_json.ts";
export { type Config } from "./strategy/config.ts";
export { loadConfig, type LoadedConfig } from "./strategy/load.ts";

// Accounts and what happens in them.
export { type AccountSettings, DEFAULT_ACCOUNT } from "./account/settings.ts";
export type { Stops } from "./account/stop_rules.ts";
export type { ClosedTrade, Fill, OpenTrade, Signal } from "./account/ledger.ts";

// Research.
export { backtest, type BacktestOptions } from "./research/backtest.ts";
export type { InstrumentSources } from "./research/beside.ts";
export {
  backtestPortfolio,
  type ByInstrument,
  type PortfolioOptions,
} from "./research/backtest_portfolio.ts";
export type { MarketSettings } from "./research/portfolio_options.ts";
export type { Contribution } from "./research/contribution.ts";
export type { PortfolioResult } from "./research/portfolio_result.ts";
export type { PortfolioSettings } from "./account/portfolio/settings.ts";
export { backtestSignals, type HandMadeSignals } from "./research/backtest_signals.ts";
export { evaluate, type EvaluateOptions } from "./research/evaluate.ts";
export type { CandleSource } from "./research/candle_source.ts";
export { sweep } from "./search/sweep.ts";
export type { SweepNumber } from "./research/sweep/numbers.ts";
export type { Where } from "./research/sweep/where.ts";
export type { SweepOptions } from "./search/sweep_options.ts";
export { walkForward, type WalkForwardOptions } from "./search/walk_forward.ts";
export type { WalkForward, WalkForwardWindow } from "./search/walk_forward_result.ts";
export { crossValidate, type CrossValidateOptions } from "./search/cross_validate.ts";
export type { CrossValidation } from "./research/cross_validation/cross_validation.ts";
export { monteCarlo, type MonteCarloOptions } from "./search/monte_carlo.ts";
export { stress, type StressRow } from "./research/stress/stress.ts";
export { oneCandleLater } from "./research/stress/one_candle_later.ts";
export type { MonteCarlo } from "./research/monte_carlo/monte_carlo_result.ts";
export type { SweepResult, SweepRow } from "./research/sweep/sweep_result.ts";
export {
  gridSets,
  listSets,
  type ParameterSets,
  type ParameterSpace,
  randomSets,
} from "./research/sweep/parameter_sets.ts";
export { sobolSets } from "./research/sweep/sobol_sets.ts";
export type { SearchMethod } from "./search/search_methods.ts";
export { type Judgement, judgeSearch } from "./research/overfitting/judge_search.ts";
export type { CountedTrials } from "./research/sweep/counted_trials.ts";
export type { TrialLedger } from "./ports/trial_ledger.ts";
export { judgementText } from "./research/overfitting/judgement_text.ts";
export { seededRandom } from "./research/seeded_random.ts";
export { promote, type PromoteOptions } from "./research/promote.ts";
export type { Result } from "./research/result.ts";
export { Columns, Table } from "./research/table.ts";

// Pictures. What draws them is loaded with the first one.
export { chart } from "./charts/chart.ts";
export { compare } from "./charts/compare.ts";
export { excursions } from "./charts/excursions.ts";
export { monthlyReturns } from "./charts/monthly_returns.ts";
export { monteCarloFan } from "./charts/monte_carlo_fan.ts";
export { overfittingHalves } from "./charts/overfitting_halves.ts";
export { parallelCoordinates } from "./charts/parallel_coordinates.ts";
export { parameterMap, type ParameterMapOptions } from "./charts/parameter_map.ts";
export { returnsHistogram } from "./charts/returns_histogram.ts";
export { rollingSharpe } from "./charts/rolling_sharpe.ts";
export { underwater } from "./charts/underwater.ts";
export { walkForwardStrip } from "./charts/walk_forward_strip.ts";
export { yearlyReturns } from "./charts/yearly_returns.ts";
export type { Picture } from "./charts/picture.ts";
export { type Report, report, type ReportOptions } from "./report/report.ts";

// Metrics.
export { type Summary, summary } from "./metrics/summary.ts";
export { summaryText } from "./metrics/summary_text.ts";
export type { Performance } from "./metrics/performance.ts";
export type { MetricsOptions } from "./metrics/settings.ts";
