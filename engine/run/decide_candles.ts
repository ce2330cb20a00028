import { emptyCurve, type EquityCurve } from "../account/equity_curve.ts";
import type { Intervention } from "../account/interventions.ts";
import type { ClosedTrade, Fill, Ledger, Refusal, Signal } from "../account/ledger.ts";
import type { Candles } from "../market/candles.ts";
import type { Driver } from "./driver.ts";
import { FILL_RECORD, REFUSAL_RECORD, signalRecord, TRADE_RECORD } from "./record_kinds.ts";
import { Records } from "./records.ts";

/** What a run decided over some candles. */
export interface Decided {
  /** The candles that the account acted on: all but those before the start. */
  candles: Candles;
  curve: EquityCurve;
  signals: Records<Omit<Signal, "values">, Signal>;
  refusals: Records<Refusal>;
  fills: Records<Fill>;
  trades: Records<ClosedTrade>;
}

/** What people asked of an account, and at the close of which candle it carries that out. */
export interface Asked {
  /** Close time of the candle, UTC milliseconds. */
  at: number;
  asked: Intervention;
}

/** Which candles a run takes, the rows [from, to), and what people asked for, in the order of time. */
export interface Given {
  /** 0 unless given. */
  from?: number;
  /** How many candles there are, unless given. */
  to?: number;
  asked?: readonly Asked[];
}

/**
 * Gives candles to a run and collects what it decides: a backtest's years, or a bot's newest row. Of what
 * people asked for it takes what is due at the close of one of these candles.
 */
export function decideCandles(
  driver: Driver,
  candles: Candles,
  { from = 0, to = candles.length, asked = [] }: Given = {},
): Decided {
  const signals = new Records(signalRecord(driver.decider.named));
  const refusals = new Records(REFUSAL_RECORD), fills = new Records(FILL_RECORD);
  const trades = new Records(TRADE_RECORD);
  const curve = emptyCurve(to - from), time = candles.time.subarray(0, to);
  const ledger: Ledger = {
    signal: (row, signal) => signals.add(signal, row),
    refuse: (refusal) => refusals.add(refusal),
    fill: (fill) => fills.add(fill),
    trade: (trade) => trades.add(trade),
  };
  let next = from, acted = 0;
  const take = (end: number) => {
    acted += driver.advance(candles, next, end, curve, acted, ledger);
    next = end;
  };
  for (const { at, asked: what } of asked) {
    const row = time.indexOf(at, next);
    if (row === -1) continue;
    take(row);
    driver.intervene(what);
  }
  take(to);
  return {
    candles: candles.slice(to - acted, to),
    curve: curve.first(acted),
    ...{ signals, refusals, fills, trades },
  };
}
