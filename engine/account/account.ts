import type { CandleColumns } from "../market/candles.ts";
import { openTime, type Timeframe } from "../market/timeframe.ts";
import { checkSettings } from "./check_settings.ts";
import { firstFiring } from "./decide.ts";
import { actOnPending, decideRow } from "./deciding.ts";
import type { Desk, FilledInside } from "./desk.ts";
import { fillEntry } from "./entry_orders.ts";
import type { EquityCurve } from "./equity_curve.ts";
import type { Ledger } from "./ledger.ts";
import { moveStops } from "./levels.ts";
import { mark } from "./marking.ts";
import { exit } from "./orders.ts";
import { type AccountReport, accountReport } from "./report.ts";
import { beginDay, protection } from "./protections.ts";
import { type AccountSettings, allSettings } from "./settings.ts";
import type { Signals } from "./signals.ts";
import { type AccountState, newState, restoreState, saveState } from "./state.ts";
import { NO_DISTANCES, type Stops } from "./stop_rules.ts";
import { stopHit, stopHitInside } from "./stops.ts";

const SILENT: Ledger = { signal() {}, refuse() {}, fill() {}, trade() {} };

/**
 * The account: a fold over candles and signals that gives equity as columns, and signals, fills and
 * trades as events. A backtest is the fold over years, paper trading the same fold over one row.
 */
export class Account {
  readonly state: Readonly<AccountState>;
  private readonly desk: Desk;
  private hasStops: boolean;

  /** Throws an `InputError` for settings with which no account can trade. */
  constructor(given: AccountSettings, stops: Stops, timeframe: Timeframe) {
    checkSettings(given, stops);
    const settings = allSettings(given), state = newState(settings.balance);
    this.state = state;
    this.desk = {
      state,
      settings,
      stops,
      timeframe,
      distances: NO_DISTANCES,
      ledger: SILENT,
      ...protection(settings),
    };
    this.hasStops = Object.values(stops).some((stop) => stop !== undefined);
  }

  /**
   * Takes the candles [from, to). Signal columns have row `from` at `signalsFrom`, the curve has it at
   * `curveFrom`.
   */
  advance(
    candles: CandleColumns,
    from: number,
    to: number,
    signals: Signals,
    signalsFrom: number,
    curve: EquityCurve,
    curveFrom: number,
    ledger: Ledger,
  ): void {
    const { desk, desk: { state } } = this;
    const toSignal = signalsFrom - from, toCurve = curveFrom - from;
    desk.ledger = ledger;
    desk.distances = signals.distances ?? NO_DISTANCES;
    this.hasStops ||= signals.distances !== undefined;
    for (let i = from; i < to;) {
      const quiet = this.isWatching
        ? i
        : firstFiring(signals, i + toSignal, to + toSignal) - toSignal;
      mark(state, candles.close, i, quiet, curve, i + toCurve);
      // What a market fill moves goes by the last closed candle.
      if (quiet > i) state.volume = candles.volume[quiet - 1];
      if (quiet === to) return;
      this.trade(candles, quiet, signals, quiet + toSignal);
      mark(state, candles.close, quiet, quiet + 1, curve, quiet + toCurve);
      i = quiet + 1;
    }
  }

  /** What it has done in all, its position marked at `price`. */
  report(price: number): AccountReport {
    return accountReport(this.state, price);
  }

  /** Copies all that the account remembers into `target`, from `at` on: `ACCOUNT_SLOTS` doubles. */
  save(target: Float64Array, at = 0): void {
    saveState(this.desk.state, target, at);
  }

  /** Takes over what `save` wrote. */
  restore(source: Float64Array, at = 0): void {
    restoreState(this.desk.state, source, at);
  }

  /** Whether something may happen on the next row without a signal. */
  private get isWatching(): boolean {
    const { pending, position, cooling, orderSide } = this.state;
    if (pending !== 0 || orderSide !== 0 || position < 0 || cooling > 0) return true;
    return position !== 0 && (this.hasStops || this.desk.watchesEquity);
  }

  /** All that can happen on a row, in the order in which it does: open, entry, stops, close. */
  private trade(candles: CandleColumns, i: number, signals: Signals, at: number): void {
    const { desk, desk: { state } } = this;
    const price = candles.close[i], time = candles.time[i];
    if (desk.protects) beginDay(desk, time);
    if (state.pending !== 0) actOnPending(desk, candles.open[i], openTime(time, desk.timeframe));
    const filled = state.orderSide !== 0 && state.position === 0 && !state.ended
      ? fillEntry(desk, candles, i)
      : undefined;
    if (state.position !== 0 && this.hasStops) this.checkStops(candles, i, filled);
    if (state.position < 0 && state.cash + state.position * price <= 0) {
      exit(desk, { price, slippage: 0, time, reason: "ruin" });
    }
    if (state.ended) return;
    if (state.position !== 0 && this.hasStops) moveStops(desk, candles, i, at, filled);
    state.volume = candles.volume[i];
    decideRow(desk, signals, at, time, price);
    if (state.cooling > 0) state.cooling--;
  }

  private checkStops(candles: CandleColumns, i: number, filled: FilledInside): void {
    const { desk, desk: { state, timeframe } } = this;
    const hit = filled === undefined
      ? stopHit(candles, i, state)
      : stopHitInside(candles, i, state, filled);
    if (!hit) return;
    const { price, reason, atOpen, ambiguous } = hit, isTarget = reason === "takeProfit";
    if (ambiguous) state.ambiguous++;
    exit(desk, {
      price,
      // A target is a limit order: it fills at its price or better.
      slippage: isTarget ? 0 : undefined,
      time: atOpen ? openTime(candles.time[i], timeframe) : candles.time[i],
      reason,
      role: isTarget ? "maker" : "taker",
    });
  }
}
