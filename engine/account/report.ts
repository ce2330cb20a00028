import { closedEquity } from "./closed_equity.ts";
import type { Desk } from "./desk.ts";
import type { Counts, OpenTrade } from "./ledger.ts";
import { openTrade } from "./trade_fold.ts";

/** What an account has done in all, and what it still holds. Money is in the quote currency. */
export interface AccountReport {
  counts: Counts;
  /** Fees of every fill. */
  fees: number;
  /** What slippage cost in every fill; it is part of the prices already. */
  slippage: number;
  /** Notional of every fill. */
  turnover: number;
  /** Funding paid in all; negative if more was received. */
  funding: number;
  /** The position as it stands. */
  open: OpenTrade | undefined;
  /** Equity, were the position closed now by a market order: what that costs is paid. */
  closedEquity: number;
}

/** The report of an account, its position marked at `price`. */
export function accountReport(desk: Desk, price: number): AccountReport {
  const { state } = desk;
  const { cancelled, ambiguous, refused, forbidden, expired, liquidated } = state;
  const { fees, slippage, turnover, funding, fundingDue, position, cash } = state;
  return {
    counts: { cancelled, ambiguous, refused, forbidden, expired, liquidated },
    fees,
    slippage,
    turnover,
    funding,
    open: openTrade(state, position, cash + position * price, fundingDue),
    closedEquity: closedEquity(desk, price),
  };
}
