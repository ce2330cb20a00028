import type { PortfolioSettings } from "../account/portfolio/settings.ts";
import type { AccountSettings, MarketSetting } from "../account/settings.ts";
import type { Time } from "../market/time.ts";
import type { Timeframe } from "../market/timeframe.ts";
import type { ParameterValues } from "../series/scalars.ts";

/** Something for each instrument, by its name. */
export type ByInstrument<T> = Readonly<Record<string, T>>;

/** What of an account may differ between the instruments of a portfolio. */
export type MarketSettings = Partial<Pick<AccountSettings, MarketSetting>>;

/** What a backtest of a portfolio may be told. */
export interface PortfolioOptions {
  /** Values of the strategy's parameters; by instrument, where the strategies are. */
  params?: ParameterValues | ByInstrument<ParameterValues>;
  /** The account that they share: see `backtest`. A fraction in `size` is one of the share. */
  account?: Partial<AccountSettings>;
  /** Where costs, lots and ticks of an instrument are its own. */
  instruments?: ByInstrument<MarketSettings>;
  /** The strategies' timeframe, where the candles are shorter: see `backtest`. */
  timeframe?: Timeframe;
  /** How they share it; by default each takes an equal part of the equity. */
  portfolio?: PortfolioSettings;
  /** No account acts on a candle that opens before this time. */
  start?: Time;
}

/** How a portfolio is asked for, as errors say it. */
export const PORTFOLIO_USAGE = 'backtestPortfolio(strategy, { "BTC/USDT": candles, … })';
