import { bestTrade } from "../best_trade.ts";
import { cpcIndex } from "../cpc_index.ts";
import { expectancy } from "../expectancy.ts";
import { expectancyRatio } from "../expectancy_ratio.ts";
import { holdingDays } from "../holding_days.ts";
import { kelly } from "../kelly.ts";
import { mean } from "../mean.ts";
import { type Measured, metricsOf } from "../metric.ts";
import { payoff } from "../payoff.ts";
import { profitFactor } from "../profit_factor.ts";
import { sqn } from "../sqn.ts";
import { streaks } from "../streaks.ts";
import { winRate } from "../win_rate.ts";
import { worstTrade } from "../worst_trade.ts";

const metric = metricsOf("Trades");
const beside = { beside: true }, more = { more: true }, moreBeside = { beside: true, more: true };
const trades = (m: Measured) => m.performance.trades;
const held = (m: Measured) => holdingDays(trades(m));

/** What closed trades did. */
export const TRADES = {
  /** Closed ones. */
  trades: metric("Closed trades", "count", (m) => trades(m).length),
  openTrades: metric(
    "Open trades",
    "count",
    (m) => m.performance.openTrades,
    beside,
  ),
  winRate: metric("Win rate", "fraction", (m) => winRate(trades(m))),
  profitFactor: metric("Profit factor", "ratio", (m) => profitFactor(trades(m)), beside),
  /** Quote currency a trade. */
  expectancy: metric("Expectancy", "money", (m) => expectancy(trades(m))),
  payoff: metric("Payoff", "ratio", (m) => payoff(trades(m)), beside),
  bestTrade: metric("Best trade", "fraction", (m) => bestTrade(trades(m))),
  worstTrade: metric("Worst trade", "fraction", (m) => worstTrade(trades(m)), beside),
  sqn: metric("SQN", "ratio", (m) => sqn(trades(m), m.settings.ddof)),
  kelly: metric("Kelly", "fraction", (m) => kelly(trades(m)), more),
  cpcIndex: metric("CPC index", "ratio", (m) => cpcIndex(trades(m)), moreBeside),
  expectancyRatio: metric("Expectancy ratio", "ratio", (m) => expectancyRatio(trades(m)), more),
  longestWinStreak: metric("Most wins in a row", "count", (m) => streaks(trades(m)).wins, more),
  longestLossStreak: metric(
    "Most losses in a row",
    "count",
    (m) => streaks(trades(m)).losses,
    moreBeside,
  ),
  meanHoldingDays: metric("Mean days held", "days", (m) => held(m).mean, more),
  longestHoldingDays: metric("Most days held", "days", (m) => held(m).longest, moreBeside),
  winnersHoldingDays: metric("Winners' days held", "days", (m) => held(m).winners, more),
  losersHoldingDays: metric("Losers' days held", "days", (m) => held(m).losers, moreBeside),
  /** Mean of the trades; see `excursions`. */
  meanAdverse: metric(
    "Mean MAE",
    "fraction",
    (m) => mean(m.performance.excursions.map((e) => e.adverse)),
    more,
  ),
  meanFavourable: metric(
    "Mean MFE",
    "fraction",
    (m) => mean(m.performance.excursions.map((e) => e.favourable)),
    moreBeside,
  ),
};
