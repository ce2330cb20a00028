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

/**
 * Gives candles to a run and collects what it decides: a backtest's years, or a bot's newest row. Of what
 * people asked for, in the order of time, it takes what is due at the close of one of these candles.
 */
export function decideCandles(
  driver: Driver,
  candles: Candles,
  asked: readonly Asked[] = [],
): Decided {
  const signals = new Records(signalRecord(driver.decider.named));
  const refusals = new Records(REFUSAL_RECORD), fills = new Records(FILL_RECORD);
  const trades = new Records(TRADE_RECORD);
  const { length } = candles, curve = emptyCurve(length);
  const ledger: Ledger = {
    signal: (row, signal) => signals.add(signal, row),
    refuse: (refusal) => refusals.add(refusal),
    fill: (fill) => fills.add(fill),
    trade: (trade) => trades.add(trade),
  };
  let from = 0, acted = 0;
  const take = (to: number) => {
    acted += driver.advance(candles, from, to, curve, acted, ledger);
    from = to;
  };
  for (const { at, asked: what } of asked) {
    const row = candles.time.indexOf(at, from);
    if (row === -1) continue;
    take(row);
    driver.intervene(what);
  }
  take(length);
  return {
    candles: candles.slice(length - acted, length),
    curve: curve.first(acted),
    ...{ signals, refusals, fills, trades },
  };
}
