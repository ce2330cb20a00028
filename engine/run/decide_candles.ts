import { emptyCurve, type EquityCurve, firstRows } from "../account/equity_curve.ts";
import type { Intervention } from "../account/interventions.ts";
import type { ClosedTrade, Fill, Refusal, Signal } from "../account/ledger.ts";
import type { Candles } from "../market/candles.ts";
import type { Driver, Events } from "./driver.ts";

/** What a run decided over some candles. */
export interface Decided {
  /** The candles that the account acted on: all but those before the start. */
  candles: Candles;
  curve: EquityCurve;
  signals: Signal[];
  refusals: Refusal[];
  fills: Fill[];
  trades: ClosedTrade[];
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
  run: Pick<Driver, "advance" | "intervene">,
  candles: Candles,
  asked: readonly Asked[] = [],
): Decided {
  const signals: Signal[] = [], refusals: Refusal[] = [];
  const fills: Fill[] = [], trades: ClosedTrade[] = [];
  const { length } = candles;
  const curve = emptyCurve(length);
  const events: Events = {
    signal: (signal) => signals.push(signal),
    refuse: (refusal) => refusals.push(refusal),
    fill: (fill) => fills.push(fill),
    trade: (trade) => trades.push(trade),
  };
  let from = 0, acted = 0;
  const take = (to: number) => {
    acted += run.advance(candles, from, to, curve, acted, events);
    from = to;
  };
  for (const { at, asked: what } of asked) {
    const row = candles.time.indexOf(at, from);
    if (row === -1) continue;
    take(row);
    run.intervene(what);
  }
  take(length);
  return {
    candles: candles.slice(length - acted, length),
    curve: firstRows(curve, acted),
    signals,
    refusals,
    fills,
    trades,
  };
}
