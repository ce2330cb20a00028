import { emptyCurve, type EquityCurve, firstRows } from "../account/equity_curve.ts";
import type { ClosedTrade, Fill, Refusal, Signal } from "../account/ledger.ts";
import type { Candles } from "../market/candles.ts";
import type { Driver } from "./driver.ts";

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

/** Gives candles to a run and collects what it decides: a backtest's years, or a bot's newest row. */
export function decideCandles(run: Pick<Driver, "advance">, candles: Candles): Decided {
  const signals: Signal[] = [], refusals: Refusal[] = [];
  const fills: Fill[] = [], trades: ClosedTrade[] = [];
  const { length } = candles;
  const curve = emptyCurve(length);
  const acted = run.advance(candles, 0, length, curve, 0, {
    signal: (signal) => signals.push(signal),
    refuse: (refusal) => refusals.push(refusal),
    fill: (fill) => fills.push(fill),
    trade: (trade) => trades.push(trade),
  });
  return {
    candles: candles.slice(length - acted, length),
    curve: firstRows(curve, acted),
    signals,
    refusals,
    fills,
    trades,
  };
}
