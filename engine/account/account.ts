import type { CandleColumns } from "../market/candles.ts";
import { openTime, type Timeframe } from "../market/timeframe.ts";
import { checkSettings } from "./check_settings.ts";
import type { EquityCurve } from "./equity_curve.ts";
import { decide, firstFiring, type Signals } from "./decide.ts";
import {
  type Action,
  ACTIONS,
  type Counts,
  type Ledger,
  type OpenTrade,
  type Reason,
} from "./ledger.ts";
import type { AccountSettings, Stops } from "./settings.ts";
import { affordable } from "./sizing.ts";
import { stopHit } from "./stops.ts";

/** What the account remembers from row to row: all of it, and nothing but numbers. */
const REMEMBERED = [
  "cash",
  "position",
  "pending",
  "entryPrice",
  "entryTime",
  "entryFee",
  "entrySlippage",
  "cashAtEntry",
  "peak",
  "ended",
  "fees",
  "turnover",
  "cancelled",
  "ambiguous",
  "refused",
] as const;

/** Doubles that `Account.save` writes. */
export const ACCOUNT_SLOTS: number = REMEMBERED.length;

/**
 * The account: a fold over candles and signals that gives equity as columns, and signals and trades
 * as events. A backtest is the fold over years, paper trading the same fold over one row.
 */
export class Account implements Counts {
  cash: number;
  position = 0;
  entryPrice = 0;
  entryTime = 0;
  /** The highest equity so far, the balance included. */
  peak: number;
  /** 1 once equity has reached 0: nothing is opened any more. */
  ended = 0;
  /** Fees of every fill so far. */
  fees = 0;
  /** Notional of every fill so far. */
  turnover = 0;
  cancelled = 0;
  ambiguous = 0;
  refused = 0;
  /** The action that waits for the next open, by its number from 1; 0 is none. */
  private pending = 0;
  private entryFee = 0;
  private entrySlippage = 0;
  private cashAtEntry = 0;
  private readonly hasStops: boolean;

  /** Throws an `InputError` for settings with which no account can trade. */
  constructor(
    private readonly settings: AccountSettings,
    private readonly stops: Stops,
    private readonly timeframe: Timeframe,
  ) {
    checkSettings(settings, stops);
    this.cash = this.peak = settings.balance;
    this.hasStops = stops.stopLoss !== undefined || stops.takeProfit !== undefined;
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
    const toSignal = signalsFrom - from, toCurve = curveFrom - from;
    for (let i = from; i < to;) {
      const quiet = this.isWatching
        ? i
        : firstFiring(signals, i + toSignal, to + toSignal) - toSignal;
      this.mark(candles.close, i, quiet, curve, i + toCurve);
      if (quiet === to) return;
      this.trade(candles, quiet, signals, quiet + toSignal, ledger);
      this.mark(candles.close, quiet, quiet + 1, curve, quiet + toCurve);
      i = quiet + 1;
    }
  }

  /** The position as it stands, marked at `price`. */
  openTrade(price: number): OpenTrade | undefined {
    if (this.position === 0) return undefined;
    return {
      side: this.position > 0 ? "long" : "short",
      entryTime: this.entryTime,
      entryPrice: this.entryPrice,
      amount: Math.abs(this.position),
      fees: this.entryFee,
      pnl: this.cash + this.position * price - this.cashAtEntry,
    };
  }

  /** Copies all that the account remembers into `target`, from `at` on. */
  save(target: Float64Array, at = 0): void {
    REMEMBERED.forEach((name, slot) => target[at + slot] = this[name]);
  }

  /** Takes over what `save` wrote. */
  restore(source: Float64Array, at = 0): void {
    REMEMBERED.forEach((name, slot) => this[name] = source[at + slot]);
  }

  /** Whether something may happen on the next row without a signal. */
  private get isWatching(): boolean {
    return this.pending !== 0 || this.position < 0 || (this.hasStops && this.position !== 0);
  }

  /** Writes the rows [from, to), on which the position does not change. */
  private mark(
    close: Float64Array,
    from: number,
    to: number,
    curve: EquityCurve,
    at: number,
  ): void {
    const { cash, position } = this;
    let peak = this.peak;
    for (let i = from; i < to; i++, at++) {
      const worth = cash + position * close[i];
      if (worth > peak) peak = worth;
      curve.equity[at] = worth;
      curve.cash[at] = cash;
      curve.position[at] = position;
      curve.drawdown[at] = worth / peak - 1;
    }
    this.peak = peak;
  }

  /** All that can happen on a row, in the order in which it does: open, stops, close. */
  private trade(candles: CandleColumns, i: number, signals: Signals, at: number, ledger: Ledger) {
    const close = candles.close[i], time = candles.time[i];
    if (this.pending !== 0) {
      const action = ACTIONS[this.pending - 1];
      this.pending = 0;
      this.act(action, candles.open[i], openTime(time, this.timeframe), ledger);
    }
    if (this.position !== 0 && this.hasStops) this.checkStops(candles, i, ledger);
    if (this.position < 0 && this.cash + this.position * close <= 0) {
      this.exit(close, 0, time, "ruin", ledger);
    }
    if (this.ended) return;
    const action = this.decision(signals, at, time, close, ledger);
    if (action && this.settings.fill === "close") this.act(action, close, time, ledger);
    else if (action) this.pending = ACTIONS.indexOf(action) + 1;
  }

  private decision(signals: Signals, at: number, time: number, price: number, ledger: Ledger) {
    const action = decide(signals, at, this.position, this.settings.shorts);
    if (action === "cancelled") this.cancelled++;
    if (action === "cancelled" || action === undefined) return undefined;
    const sure = signals.confidence[at];
    // Whatever a strategy computes, what is recorded is between 0 and 1.
    const confidence = sure === sure ? Math.min(1, Math.max(0, sure)) : 1;
    ledger.signal(at, { time, action, confidence, price });
    return action;
  }

  private act(action: Action, price: number, time: number, ledger: Ledger): void {
    const { slippage } = this.settings;
    const reverses = action === "reverseToLong" || action === "reverseToShort";
    if (this.position !== 0) {
      this.exit(price, slippage, time, reverses ? "reversal" : "signal", ledger);
    }
    if (this.ended) return;
    if (action === "enterLong" || action === "reverseToLong") this.enter(1, price, time);
    if (action === "enterShort" || action === "reverseToShort") this.enter(-1, price, time);
  }

  private checkStops(candles: CandleColumns, i: number, ledger: Ledger): void {
    const hit = stopHit(candles, i, this.position, this.entryPrice, this.stops);
    if (!hit) return;
    if (hit.ambiguous) this.ambiguous++;
    const close = candles.time[i], time = hit.atOpen ? openTime(close, this.timeframe) : close;
    // A target is a limit order: it fills at its price or better.
    const slippage = hit.reason === "takeProfit" ? 0 : this.settings.slippage;
    this.exit(hit.price, slippage, time, hit.reason, ledger);
  }

  private enter(side: 1 | -1, quoted: number, time: number): void {
    const { fee, slippage, size, lot } = this.settings;
    const price = quoted * (1 + side * slippage);
    const amount = affordable(this.cash * size, price, fee, lot);
    if (!(amount > 0)) {
      this.refused++;
      return;
    }
    const notional = amount * price;
    this.cashAtEntry = this.cash;
    this.entryPrice = price;
    this.entryTime = time;
    this.entryFee = notional * fee;
    this.entrySlippage = amount * Math.abs(price - quoted);
    this.position = side * amount;
    this.cash -= side * notional + this.entryFee;
    this.fees += this.entryFee;
    this.turnover += notional;
  }

  private exit(quoted: number, slippage: number, time: number, reason: Reason, ledger: Ledger) {
    const side = this.position > 0 ? 1 : -1, amount = Math.abs(this.position);
    const wanted = quoted * (1 - side * slippage);
    const ruined = side < 0 && wanted * amount * (1 + this.settings.fee) >= this.cash;
    // A broker closes a short at the price that leaves nothing: no account falls below zero.
    const price = ruined ? this.cash / (amount * (1 + this.settings.fee)) : wanted;
    const notional = amount * price, fee = notional * this.settings.fee;
    this.cash = ruined ? 0 : this.cash + side * notional - fee;
    this.fees += fee;
    this.turnover += notional;
    this.position = 0;
    if (ruined) this.ended = 1;
    const pnl = this.cash - this.cashAtEntry;
    ledger.trade({
      side: side > 0 ? "long" : "short",
      entryTime: this.entryTime,
      entryPrice: this.entryPrice,
      exitTime: time,
      exitPrice: price,
      amount,
      fees: this.entryFee + fee,
      slippage: this.entrySlippage + amount * Math.max(0, side * (quoted - price)),
      pnl,
      return: pnl / (amount * this.entryPrice),
      reason: ruined ? "ruin" : reason,
    });
  }
}
