import { annualTurnover } from "./annual_turnover.ts";
import { bestTrade } from "./best_trade.ts";
import { buyAndHold } from "./buy_and_hold.ts";
import { cagr } from "./cagr.ts";
import { calmar } from "./calmar.ts";
import { expectancy } from "./expectancy.ts";
import { exposure } from "./exposure.ts";
import { finalEquity } from "./final_equity.ts";
import { type Measured, metric } from "./metric.ts";
import { payoff } from "./payoff.ts";
import { probabilisticSharpe } from "./probabilistic_sharpe.ts";
import { profitFactor } from "./profit_factor.ts";
import { sharpe } from "./sharpe.ts";
import { sortino } from "./sortino.ts";
import { sqn } from "./sqn.ts";
import { totalReturn } from "./total_return.ts";
import { volatility } from "./volatility.ts";
import { winRate } from "./win_rate.ts";
import { worstTrade } from "./worst_trade.ts";

const beside = { beside: true };
const trades = (m: Measured) => m.performance.trades;
const growth = ({ performance, days }: Measured) =>
  cagr(performance.initialBalance, finalEquity(performance), days);

/**
 * Every metric, by its name in a summary and in the order of printing. Adding one is adding its file
 * and its line here.
 */
export const METRICS = {
  /** Quote currency; see `finalEquity`. */
  finalEquity: metric("Returns", "Final equity", "money", (m) => finalEquity(m.performance)),
  /** From the first row's open to the last row's close, fractions of a day included. */
  days: metric("Returns", "Days", "days", (m) => m.days, beside),
  totalReturn: metric("Returns", "Total return", "fraction", (m) => totalReturn(m.performance)),
  buyAndHold: metric(
    "Returns",
    "Buy and hold",
    "fraction",
    (m) => buyAndHold(m.performance.candles),
    beside,
  ),
  cagr: metric("Returns", "CAGR", "fraction", growth),
  sharpe: metric("Risk", "Sharpe", "ratio", (m) => sharpe(m.returns, m.settings)),
  probabilisticSharpe: metric(
    "Risk",
    "Probabilistic Sharpe",
    "fraction",
    (m) => probabilisticSharpe(m.returns, m.settings),
    beside,
  ),
  sortino: metric("Risk", "Sortino", "ratio", (m) => sortino(m.returns, m.settings)),
  calmar: metric("Risk", "Calmar", "ratio", (m) => calmar(growth(m), m.drawdown.depth), beside),
  /** A fraction, 0 or negative. */
  maxDrawdown: metric("Risk", "Max drawdown", "fraction", (m) => m.drawdown.depth),
  /** From its peak until equity was back there, or to the last row. */
  maxDrawdownDays: metric("Risk", "Drawdown days", "days", (m) => m.drawdown.days, beside),
  volatility: metric(
    "Risk",
    "Volatility a year",
    "fraction",
    (m) => volatility(m.returns, m.settings),
  ),
  exposure: metric("Risk", "Exposure", "fraction", (m) => exposure(m.performance.position), beside),
  /** Closed ones. */
  trades: metric("Trades", "Closed trades", "count", (m) => trades(m).length),
  openTrades: metric("Trades", "Open trades", "count", (m) => m.performance.open ? 1 : 0, beside),
  winRate: metric("Trades", "Win rate", "fraction", (m) => winRate(trades(m))),
  profitFactor: metric("Trades", "Profit factor", "ratio", (m) => profitFactor(trades(m)), beside),
  /** Quote currency a trade. */
  expectancy: metric("Trades", "Expectancy", "money", (m) => expectancy(trades(m))),
  payoff: metric("Trades", "Payoff", "ratio", (m) => payoff(trades(m)), beside),
  bestTrade: metric("Trades", "Best trade", "fraction", (m) => bestTrade(trades(m))),
  worstTrade: metric("Trades", "Worst trade", "fraction", (m) => worstTrade(trades(m)), beside),
  sqn: metric("Trades", "SQN", "ratio", (m) => sqn(trades(m), m.settings.ddof)),
  /** Quote currency. */
  fees: metric("Costs", "Fees", "money", (m) => m.performance.fees),
  /** Quote currency: the notionals of every fill added up. */
  turnover: metric("Costs", "Turnover", "money", (m) => m.performance.turnover),
  /** In multiples of the mean equity. */
  annualTurnover: metric(
    "Costs",
    "Times equity a year",
    "ratio",
    (m) => annualTurnover(m.performance.turnover, m.ends, m.days),
    beside,
  ),
};
