import type { ClosedTrade } from "../account/ledger.ts";
import type { AccountReport } from "../account/report.ts";
import { mean } from "../metrics/mean.ts";
import { exposure } from "../metrics/exposure.ts";
import { winRate } from "../metrics/win_rate.ts";

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
  /** Funding paid; negative if more was received. */
  funding: number;
  turnover: number;
}

/** What came of an instrument, its columns beside the equity of the whole. */
export interface Course {
  value: Float64Array;
  profit: Float64Array;
  equity: Float64Array;
  trades: readonly (ClosedTrade & { instrument: string })[];
  report: AccountReport;
  /** Of the whole. */
  balance: number;
}

/** The contribution of an instrument. */
export function contributionOf(instrument: string, course: Course): Contribution {
  const { value, equity, report: { fees, funding, turnover }, balance } = course;
  const trades = course.trades.filter((trade) => trade.instrument === instrument);
  const profit = course.profit.at(-1)!;
  const weights = value.map((held, row) => held === 0 ? 0 : Math.abs(held) / equity[row]);
  return {
    instrument,
    profit,
    contribution: profit / balance,
    trades: trades.length,
    winRate: winRate(trades),
    exposure: exposure(value),
    meanWeight: mean(weights),
    fees,
    funding,
    turnover,
  };
}
