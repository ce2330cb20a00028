import { mean } from "../metrics/mean.ts";
import { exposure } from "../metrics/exposure.ts";
import { winRate } from "../metrics/win_rate.ts";
import type { PortfolioResult } from "./portfolio_result.ts";

/** What one instrument did for a portfolio. Money is in the quote currency. */
export interface Contribution {
  instrument: string;
  /** Profit of its closed trades and its open position, all costs included. */
  profit: number;
  /** The same as a fraction of the whole account's balance: these add up to its total return. */
  contribution: number;
  /** Closed ones. */
  trades: number;
  /** Of the closed trades; NaN of none. */
  winRate: number;
  /** Fraction of the times at which it was held. */
  exposure: number;
  /** Mean of its position's share of equity over all times, longs and shorts alike. */
  meanWeight: number;
  fees: number;
  turnover: number;
}

/** The contribution of an instrument to a result. */
export function contributionOf(result: PortfolioResult, instrument: string): Contribution {
  const { values, profits, equity, trades, reports, account: { balance } } = result;
  const own = trades.rows.filter((trade) => trade.instrument === instrument);
  const value = values.column(instrument), worth = equity.column("equity");
  const profit = profits.column(instrument).at(-1)!;
  const weights = value.map((held, row) => held === 0 ? 0 : Math.abs(held) / worth[row]);
  return {
    instrument,
    profit,
    contribution: profit / balance,
    trades: own.length,
    winRate: winRate(own),
    exposure: exposure(value),
    meanWeight: mean(weights),
    fees: reports[instrument].fees,
    turnover: reports[instrument].turnover,
  };
}
