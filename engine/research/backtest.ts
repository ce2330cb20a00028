import type { Carried } from "../account/carried.ts";
import type { AccountSettings } from "../account/settings.ts";
import { checkOptions } from "../market/check_options.ts";
import { InputError } from "../market/errors.ts";
import { type FundingRates, withFunding } from "../market/funding.ts";
import { type Time, utcTime } from "../market/time.ts";
import type { Timeframe } from "../market/timeframe.ts";
import { decideCandles } from "../run/decide_candles.ts";
import { Run, type RunSpec } from "../run/run.ts";
import type { ParameterValues } from "../series/scalars.ts";
import { mayBeShort, Strategy, valuesFor } from "../strategy/strategy.ts";
import { accountSettings } from "./account_settings.ts";
import { beside, type InstrumentSources } from "./beside.ts";
import { candlesOf, type CandleSource } from "./candle_source.ts";
import { checkClocks } from "./check_clocks.ts";
import { Result } from "./result.ts";

/** What a backtest may be told. */
export interface BacktestOptions {
  /** Values of the strategy's parameters; defaults for those that are not given. */
  params?: ParameterValues;
  /** By default 10,000, fee 0.1 %, next-open fills, all in; short where the strategy is. */
  account?: Partial<AccountSettings>;
  /**
   * The strategy's timeframe, where the candles are shorter: all that it sees and counts are candles of
   * this one, made of those given; fills, stops and equity go by those given. As `market.base` in a
   * config.
   */
  timeframe?: Timeframe;
  /**
   * The account acts on no candle that opens before this time; the kernels see all of them, so that
   * indicators are warm by then.
   */
  start?: Time;
  /**
   * Funding rates of a perpetual, in the place of `account.fundingRate`. A bot cannot have them yet, so
   * such a result is not promoted.
   */
  funding?: FundingRates;
  /**
   * The candles of the other markets that the strategy reads by `instrument(symbol, …)`, of the same
   * timeframe as the others that are given.
   */
  instruments?: InstrumentSources;
  /** Decimals of the prices, where they are known better than from the candles themselves. */
  decimals?: number;
}

/**
 * Runs a strategy over candles, by the kernels and the account that bots run on. Throws an
 * `InputError` for parameters, settings or candles that cannot be.
 *
 * ```ts
 * import { Candles } from "../market/candles.ts";
 * import { strategy } from "../strategy/strategy.ts";
 *
 * const riser = strategy("riser", {}, {
 *   build: (_, { close, open }) => ({ enterLong: close.above(open), exitLong: close.below(open) }),
 * });
 * const row = { open: 9, high: 11, low: 9, close: 10, volume: 1, trades: 1, kind: "traded" as const };
 * const candles = Candles.fromRows("1m", [1, 2, 3].map((n) => ({ ...row, time: n * 60_000 })));
 * const result = backtest(riser, candles, { account: { fee: 0 } });
 * result.open?.entryPrice; // 9: bought at the second candle's open
 * ```
 */
export function backtest(
  strategy: Strategy,
  source: CandleSource,
  options: BacktestOptions = {},
): Result {
  return carriedBacktest(strategy, source, options).result;
}

/** A backtest, and what its account's protections remember behind closing what it left open. */
export interface CarriedBacktest {
  result: Result;
  carried: Carried;
}

/** A backtest that goes on with what the protections of the account before it remember, if there was one. */
export function carriedBacktest(
  strategy: Strategy,
  source: CandleSource,
  options: BacktestOptions = {},
  before?: Carried,
): CarriedBacktest {
  checkGiven(strategy, options);
  const { params = {}, account, start, decimals, funding, instruments } = options;
  const plain = candlesOf(source), funded = funding ? withFunding(plain, funding) : plain;
  const candles = beside(strategy, funded, instruments);
  if (candles.length === 0) throw new InputError("Cannot backtest over no candles at all");
  const { timeframe = candles.timeframe } = options;
  checkClocks(timeframe, candles.timeframe);
  const spec: RunSpec = {
    strategy,
    parameters: valuesFor(strategy, params),
    account: accountSettings(account, mayBeShort(strategy)),
    timeframe,
    ...(timeframe !== candles.timeframe && { base: candles.timeframe }),
    decimals: decimals ?? candles.decimals,
    start: start === undefined ? undefined : utcTime(start, "start"),
  };
  const run = new Run({ ...spec, inPlace: true }), price = candles.close[candles.length - 1];
  if (before !== undefined) run.account.goOn(before);
  const { candles: acted, ...decided } = decideCandles(run.driver, candles);
  if (acted.length === 0) {
    throw new InputError("Cannot backtest: no candle opens at or after the start");
  }
  const result = new Result({
    ...{ spec, account: spec.account, seen: candles, candles: acted },
    ...decided,
    report: run.account.report(price),
  });
  return { result, carried: run.account.carried(price) };
}

/** Notebooks check no types. */
function checkGiven(strategy: unknown, options: BacktestOptions): void {
  if (!(strategy instanceof Strategy)) {
    throw new InputError("A strategy is needed first: the order is backtest(strategy, candles)");
  }
  const known = ["params", "account", "timeframe", "start", "funding", "instruments", "decimals"];
  checkOptions(options, known, "backtest");
}
