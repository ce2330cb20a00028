import { emptyPortfolioCurve, firstTimes } from "../account/portfolio/portfolio_curve.ts";
import type { ClosedTrade, Fill, Refusal, Signal } from "../account/ledger.ts";
import { checkOptions, isPlainObject } from "../market/check_options.ts";
import type { Candles } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import type { Named } from "../run/portfolio_run.ts";
import { PortfolioRun } from "../run/portfolio_run.ts";
import type { Strategy } from "../strategy/strategy.ts";
import { neededInstruments } from "../strategy/needed_instruments.ts";
import { beside } from "./beside.ts";
import { candlesOf, type CandleSource } from "./candle_source.ts";
import { type ByInstrument, PORTFOLIO_USAGE, type PortfolioOptions } from "./portfolio_options.ts";
import { PortfolioResult } from "./portfolio_result.ts";
import { portfolioSpec } from "./portfolio_spec.ts";

export type { ByInstrument, PortfolioOptions };

/**
 * Runs a strategy, or one for each instrument, over the candles of several instruments on one account,
 * in the order of time. Everything that leaves a position goes before everything that opens one, and
 * instruments that want the same cash are served in the order of `portfolio.priority`, else of their
 * names. All have one timeframe; they may begin and end when they like, and have gaps. Throws an
 * `InputError` for strategies, settings or candles that cannot be.
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
 * const result = backtestPortfolio(riser, { BTC: candles, ETH: candles }, { account: { fee: 0 } });
 * result.open.rows.map(({ instrument, entryPrice }) => [instrument, entryPrice]);
 * // [["BTC", 9], ["ETH", 9]]: each half of the money, at the second candle's open
 * ```
 */
export function backtestPortfolio(
  strategies: Strategy | ByInstrument<Strategy>,
  sources: ByInstrument<CandleSource>,
  options: PortfolioOptions = {},
): PortfolioResult {
  checkOptions(
    options,
    ["params", "account", "instruments", "portfolio", "timeframe", "start"],
    "backtestPortfolio",
  );
  const candles = checkedCandles(sources), spec = portfolioSpec(strategies, candles, options);
  const seen = spec.instruments.map(({ name, run: { strategy } }) => {
    const needed = neededInstruments(strategy).filter((symbol) => Object.hasOwn(candles, symbol));
    const others = needed.map((symbol) => [symbol, candles[symbol]]);
    return beside(strategy, candles[name], Object.fromEntries(others));
  });
  const length = seen.reduce((length, candles) => length + candles.length, 0);
  const curve = emptyPortfolioCurve(length, seen.length), run = new PortfolioRun(spec);
  const signals: (Signal & Named)[] = [], refusals: (Refusal & Named)[] = [];
  const fills: (Fill & Named)[] = [], trades: (ClosedTrade & Named)[] = [];
  const rows = run.advance(seen, curve, {
    signal: (signal) => signals.push(signal),
    refuse: (refusal) => refusals.push(refusal),
    fill: (fill) => fills.push(fill),
    trade: (trade) => trades.push(trade),
  });
  if (rows === 0) throw new InputError("Cannot backtest: no candle opens at or after the start");
  return new PortfolioResult({
    spec,
    seen,
    curve: firstTimes(curve, rows),
    signals,
    refusals,
    fills,
    trades,
    reports: run.portfolio.members.map(({ account, close }) => account.report(close)),
  });
}

function checkedCandles(sources: unknown): ByInstrument<Candles> {
  if (!isPlainObject(sources)) {
    throw new InputError(`Candles are needed for each instrument by its name: ${PORTFOLIO_USAGE}`);
  }
  const entries = Object.entries(sources);
  if (entries.length === 0) {
    throw new InputError(`Cannot backtest no instrument at all: ${PORTFOLIO_USAGE}`);
  }
  const candles = entries.map(([name, source]): [string, Candles] => {
    if (name === "time" || name.trim() === "") {
      throw new InputError(`An instrument may not be called "${name}"`);
    }
    return [name, candlesOf(source, PORTFOLIO_USAGE)];
  });
  const [first, { timeframe }] = candles[0];
  for (const [name, { timeframe: other, length }] of candles) {
    if (length === 0) throw new InputError(`${name} has no candles at all`);
    if (other === timeframe) continue;
    throw new InputError(
      `${first} has ${timeframe} candles, but ${name} ${other}: the instruments of a portfolio have ` +
        "one timeframe. Make the coarser of the finer, with resample(candles, timeframe)",
    );
  }
  return Object.fromEntries(candles);
}
