import type { Desk } from "./desk.ts";
import type { Fill } from "./ledger.ts";
import { feeOf, rateOf } from "./pricing.ts";
import { noteTrade } from "./protections.ts";
import { stepsOf } from "./lots_and_ticks.ts";
import { average, foldFill } from "./trade_fold.ts";

/** A fill that is to be booked. */
export interface Deal extends Pick<Fill, "time" | "price" | "amount" | "reason" | "role"> {
  /** 1 buys, -1 sells. */
  side: 1 | -1;
  /** The price before slippage. */
  quoted: number;
  /** Whether it takes all that the account had. */
  ruins: boolean;
  /** What it costs, where that goes by no rate. */
  fee?: number;
}

/** Books a fill: cash, position, fees and turnover, then the trade that it is part of. */
export function settle(desk: Desk, deal: Deal): void {
  const { state, book, ledger } = desk;
  const { time, side, quoted, price, amount, reason, role } = deal;
  const notional = amount * price, { fee = payable(desk, deal, notional) } = deal;
  const takesAll = deal.ruins && desk.others.owed === 0;
  book.cash = takesAll ? 0 : paid(book.cash, deal, notional, fee);
  if (state !== book) state.cash = paid(state.cash, deal, notional, fee);
  hold(desk, deal);
  state.fees += fee;
  state.turnover += notional;
  const slippage = amount * Math.max(0, side * (price - quoted));
  state.slippage += slippage;
  const fill: Fill = {
    time,
    side: side > 0 ? "buy" : "sell",
    price,
    amount,
    fee,
    slippage,
    reason,
    role,
    funding: state.fundingDue,
    position: state.position,
    cash: state.cash,
  };
  state.fundingDue = 0;
  ledger.fill(fill);
  const closed = foldFill(state, fill);
  if (!closed) return;
  ledger.trade(closed);
  if (desk.protects) noteTrade(desk, closed);
}

function paid(cash: number, { side, reason }: Deal, notional: number, fee: number): number {
  return reason === "entry" ? cash - (side * notional + fee) : cash - side * notional - fee;
}

/** What is held after a fill, and at which average price it was entered. */
function hold({ state, settings }: Desk, { side, amount, price, reason }: Deal): void {
  const { lot, leverage } = settings;
  const before = Math.abs(state.position), sum = state.position + side * amount;
  if (reason === "entry") {
    state.average = average(state.average, before, price, amount);
    state.entries++;
    state.margin += amount * price / leverage;
  }
  // Lots that are added up or parted stay whole ones.
  const isParted = before !== 0 && sum !== 0 && lot > 0;
  state.position = isParted ? stepsOf(Math.round(sum / lot), lot) : sum;
  if (reason !== "entry") state.margin *= Math.abs(state.position) / before;
  if (state.position === 0) {
    state.entries = 0;
    state.heldUntil = state.liquidation = NaN;
  }
}

/** The fee, as far as there is money for it; who has borrowed owes it. */
function payable(desk: Desk, { side, role, ruins }: Deal, notional: number): number {
  const { settings, book: { cash } } = desk;
  if (ruins) return notional * rateOf(settings, role);
  const whole = feeOf(desk, notional, role);
  return side < 0 && cash >= 0 ? Math.min(whole, cash + notional) : whole;
}
