import type { ClosedTrade, Fill, OpenTrade, Reason } from "./ledger.ts";

/** What is remembered of the fills since the position was flat. Money is in the quote currency. */
export interface TradeState {
  /** Time of the first fill. */
  entryTime: number;
  /** Average price of what was entered, slippage included. */
  entryPrice: number;
  /** Units that were entered. */
  entered: number;
  /** Units that were closed again. */
  exited: number;
  /** Average price of what was closed again. */
  exitPrice: number;
  tradeFees: number;
  tradeSlippage: number;
  tradeFunding: number;
  /** Cash before the first fill. */
  cashBefore: number;
}

/** Flat, with `cash`. */
export function newTrade(cash: number): TradeState {
  return {
    entryTime: 0,
    entryPrice: 0,
    entered: 0,
    exited: 0,
    exitPrice: 0,
    tradeFees: 0,
    tradeSlippage: 0,
    tradeFunding: 0,
    cashBefore: cash,
  };
}

/**
 * Takes a fill in. Returns the trade that it closes: one runs from flat to flat, so that further
 * entries and partial exits are part of it, at average prices.
 */
export function foldFill(trade: TradeState, fill: Fill): ClosedTrade | undefined {
  const { price, amount } = fill, enters = fill.reason === "entry";
  if (enters) {
    if (trade.entered === 0) trade.entryTime = fill.time;
    trade.entryPrice = average(trade.entryPrice, trade.entered, price, amount);
    trade.entered += amount;
  } else {
    trade.exitPrice = average(trade.exitPrice, trade.exited, price, amount);
    trade.exited += amount;
  }
  trade.tradeFees += fill.fee;
  trade.tradeSlippage += fill.slippage;
  trade.tradeFunding += fill.funding;
  return fill.position === 0 ? close(trade, fill) : undefined;
}

/**
 * The position as it stands, `worth` being cash and position together at the mark, and `funding` what
 * was paid since the last fill.
 */
export function openTrade(
  trade: TradeState,
  position: number,
  worth: number,
  funding = 0,
): OpenTrade | undefined {
  if (position === 0) return undefined;
  return {
    side: position > 0 ? "long" : "short",
    entryTime: trade.entryTime,
    entryPrice: trade.entryPrice,
    amount: Math.abs(position),
    fees: trade.tradeFees,
    funding: trade.tradeFunding + funding,
    pnl: worth - trade.cashBefore,
  };
}

function close(trade: TradeState, fill: Fill): ClosedTrade {
  const { entryTime, entryPrice, entered, exitPrice } = trade;
  const { tradeFees: fees, tradeSlippage: slippage, tradeFunding: funding } = trade;
  const pnl = fill.cash - trade.cashBefore;
  begin(trade, fill.cash);
  return {
    side: fill.side === "sell" ? "long" : "short",
    entryTime,
    entryPrice,
    exitTime: fill.time,
    exitPrice,
    amount: entered,
    fees,
    slippage,
    funding,
    pnl,
    return: pnl / (entered * entryPrice),
    reason: fill.reason as Reason,
  };
}

/** As `newTrade`, in place: copying a new one takes longer than the rest of a fill. */
function begin(trade: TradeState, cash: number): void {
  trade.entered =
    trade.exited =
    trade.tradeFees =
    trade.tradeSlippage =
    trade.tradeFunding =
      0;
  trade.entryTime = trade.entryPrice = trade.exitPrice = 0;
  trade.cashBefore = cash;
}

/** The average price of what was held and a further amount; one fill alone keeps its price to the bit. */
export function average(before: number, held: number, price: number, amount: number): number {
  return held === 0 ? price : (before * held + price * amount) / (held + amount);
}
