import {
  ACTIONS,
  type ClosedTrade,
  type Fill,
  FILL_REASONS,
  type PositionSide,
  REASONS,
  type Refusal,
  REFUSAL_REASONS,
  type Signal,
} from "../account/ledger.ts";
import type { RecordKind } from "./records.ts";

const LONG = 1, BUY = 1, MAKER = 1;

const side = (number: number): PositionSide => number === LONG ? "long" : "short";

export const FILL_RECORD: RecordKind<Fill> = {
  width: 11,
  write(fill, to, at) {
    to[at] = fill.time;
    to[at + 1] = fill.side === "buy" ? BUY : 0;
    to[at + 2] = fill.price;
    to[at + 3] = fill.amount;
    to[at + 4] = fill.fee;
    to[at + 5] = fill.slippage;
    to[at + 6] = FILL_REASONS.indexOf(fill.reason);
    to[at + 7] = fill.role === "maker" ? MAKER : 0;
    to[at + 8] = fill.funding;
    to[at + 9] = fill.position;
    to[at + 10] = fill.cash;
  },
  read: (from, at) => ({
    time: from[at],
    side: from[at + 1] === BUY ? "buy" : "sell",
    price: from[at + 2],
    amount: from[at + 3],
    fee: from[at + 4],
    slippage: from[at + 5],
    reason: FILL_REASONS[from[at + 6]],
    role: from[at + 7] === MAKER ? "maker" : "taker",
    funding: from[at + 8],
    position: from[at + 9],
    cash: from[at + 10],
  }),
};

export const TRADE_RECORD: RecordKind<ClosedTrade> = {
  width: 12,
  write(trade, to, at) {
    to[at] = trade.side === "long" ? LONG : 0;
    to[at + 1] = trade.entryTime;
    to[at + 2] = trade.entryPrice;
    to[at + 3] = trade.exitTime;
    to[at + 4] = trade.exitPrice;
    to[at + 5] = trade.amount;
    to[at + 6] = trade.fees;
    to[at + 7] = trade.slippage;
    to[at + 8] = trade.funding;
    to[at + 9] = trade.pnl;
    to[at + 10] = trade.return;
    to[at + 11] = REASONS.indexOf(trade.reason);
  },
  read: (from, at) => ({
    side: side(from[at]),
    entryTime: from[at + 1],
    entryPrice: from[at + 2],
    exitTime: from[at + 3],
    exitPrice: from[at + 4],
    amount: from[at + 5],
    fees: from[at + 6],
    slippage: from[at + 7],
    funding: from[at + 8],
    pnl: from[at + 9],
    return: from[at + 10],
    reason: REASONS[from[at + 11]],
  }),
};

export const REFUSAL_RECORD: RecordKind<Refusal> = {
  width: 4,
  write({ time, side, price, reason }, to, at) {
    to[at] = time;
    to[at + 1] = side === "long" ? LONG : 0;
    to[at + 2] = price;
    to[at + 3] = REFUSAL_REASONS.indexOf(reason);
  },
  read: (from, at) => ({
    time: from[at],
    side: side(from[at + 1]),
    price: from[at + 2],
    reason: REFUSAL_REASONS[from[at + 3]],
  }),
};

/** A signal, with the named series of its row beside it. */
export function signalRecord(
  named: readonly (readonly [name: string, column: Float64Array])[],
): RecordKind<Omit<Signal, "values">, Signal> {
  const values = 4;
  return {
    width: values + named.length,
    write({ time, action, confidence, price }, to, at, row) {
      to[at] = time;
      to[at + 1] = ACTIONS.indexOf(action);
      to[at + 2] = confidence;
      to[at + 3] = price;
      for (let n = 0; n < named.length; n++) to[at + values + n] = named[n][1][row];
    },
    read: (from, at) => ({
      time: from[at],
      action: ACTIONS[from[at + 1]],
      confidence: from[at + 2],
      price: from[at + 3],
      values: Object.fromEntries(named.map(([name], n) => [name, from[at + values + n]])),
    }),
  };
}
