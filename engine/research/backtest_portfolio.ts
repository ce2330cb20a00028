import { emptyPortfolioCurve, firstTimes } from "../account/portfolio/portfolio_curve.ts";
import { inOrder, type PortfolioSettings } from "../account/portfolio/settings.ts";
import type { AccountSettings } from "../account/settings.ts";
import type { ClosedTrade, Fill, Refusal, Signal } from "../account/ledger.ts";
import { checkOptions, isPlainObject } from "../market/check_options.ts";
import type { Candles } from "../market/candles.ts";
import { describeValue } from "../market/describe_value.ts";
import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import { type Time, utcTime } from "../market/time.ts";
import type { Named, PortfolioSpec } from "../run/portfolio_run.ts";
import { PortfolioRun } from "../run/portfolio_run.ts";
import type { ParameterValues } from "../series/scalars.ts";
import { sellsShort, Strategy, valuesFor } from "../strategy/strategy.ts";
import { accountSettings } from "./account_settings.ts";
import { candlesOf, type CandleSource } from "./candle_source.ts";
import { PortfolioResult } from "./portfolio_result.ts";

/** Something for each instrument, by its name. */
export type ByInstrument<T> = Readonly<Record<string, T>>;

/** What of an account an instrument's market decides, and may so differ between instruments. */
const OF_MARKET = [
  "fee",
  "makerFee",
  "fixedFee",
  "slippage",
  "spread",
  "impact",
  "stopSlippage",
  "lot",
  "tick",
  "minNotional",
] as const;

/** What of an account may differ between the instruments of a portfolio. */
export type MarketSettings = Partial<Pick<AccountSettings, typeof OF_MARKET[number]>>;

/** What a backtest of a portfolio may be told. */
export interface PortfolioOptions {
  /** Values of the strategy's parameters; by instrument, where the strategies are. */
  params?: ParameterValues | ByInstrument<ParameterValues>;
  /** The account that they share: see `backtest`. A fraction in `size` is one of the share. */
  account?: Partial<AccountSettings>;
  /** Where costs, lots and ticks of an instrument are its own. */
  instruments?: ByInstrument<MarketSettings>;
  /** How they share it; by default each takes an equal part of the equity. */
  portfolio?: PortfolioSettings;
  /** No account acts on a candle that opens before this time. */
  start?: Time;
}

const USAGE = 'backtestPortfolio(strategy, { "BTC/USDT": candles, … })';

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
    ["params", "account", "instruments", "portfolio", "start"],
    "backtestPortfolio",
  );
  const candles = checkedCandles(sources), spec = specOf(strategies, candles, options);
  const seen = spec.instruments.map(({ name }) => candles[name]);
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

/** The run that the options ask for. Throws an `InputError` for what they cannot. */
function specOf(
  strategies: Strategy | ByInstrument<Strategy>,
  candles: ByInstrument<Candles>,
  { params = {}, account, instruments = {}, portfolio = {}, start }: PortfolioOptions,
): PortfolioSpec {
  const names = Object.keys(candles), one = strategies instanceof Strategy ? strategies : undefined;
  const each = one ? {} : byInstrument(strategies, names, "A strategy");
  const strategyOf = (name: string) => one ?? strategyAt(each, name);
  const shorts = names.some((name) => sellsShort(strategyOf(name)));
  const shared = accountSettings(account, shorts);
  const values = one ? {} : byInstrument(params, names, "params") as ByInstrument<ParameterValues>;
  const markets = byInstrument(instruments, names, "instruments");
  const from = start === undefined ? undefined : utcTime(start, "start");
  const list = names.map((name) => ({
    name,
    run: {
      strategy: strategyOf(name),
      parameters: valuesFor(strategyOf(name), one ? params as ParameterValues : values[name] ?? {}),
      account: { ...shared, ...ofMarket(markets[name], name) },
      timeframe: candles[name].timeframe,
      decimals: candles[name].decimals,
      start: from,
    },
  }));
  const priority = Array.isArray(portfolio?.priority) ? portfolio.priority.map(String) : [];
  const order = inOrder(names, priority.filter((name) => names.includes(name)));
  const placed = new Map(list.map((one) => [one.name, one]));
  return { instruments: order.map((name) => placed.get(name)!), portfolio };
}

function strategyAt(strategies: ByInstrument<unknown>, name: string): Strategy {
  const found = strategies[name];
  if (found instanceof Strategy) return found;
  throw new InputError(`${name} needs a strategy, but is given ${describeValue(found)}`);
}

function ofMarket(given: unknown, name: string): MarketSettings {
  if (given === undefined) return {};
  checkOptions(given, OF_MARKET, `instruments["${name}"]`);
  return given as MarketSettings;
}

/** Refuses names that are no instruments. */
function byInstrument(
  given: unknown,
  names: readonly string[],
  what: string,
): ByInstrument<unknown> {
  if (!isPlainObject(given)) {
    throw new InputError(`${what} is needed for each instrument by its name: ${USAGE}`);
  }
  const stranger = Object.keys(given).find((name) => !names.includes(name));
  if (stranger === undefined) return given as ByInstrument<unknown>;
  const hint = didYouMean(stranger, names) || ".";
  throw new InputError(
    `${what} is given for "${stranger}", of which there are no candles${hint} ` +
      `There are ${names.join(", ")}`,
  );
}

function checkedCandles(sources: unknown): ByInstrument<Candles> {
  if (!isPlainObject(sources)) {
    throw new InputError(`Candles are needed for each instrument by its name: ${USAGE}`);
  }
  const entries = Object.entries(sources);
  if (entries.length === 0) throw new InputError(`Cannot backtest no instrument at all: ${USAGE}`);
  const candles = entries.map(([name, source]): [string, Candles] => {
    if (name === "time" || name.trim() === "") {
      throw new InputError(`An instrument may not be called "${name}"`);
    }
    return [name, candlesOf(source, USAGE)];
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
