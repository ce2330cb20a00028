import type { CandleColumns } from "../market/candles.ts";
import type { Timeframe } from "../market/timeframe.ts";
import { ALONE, type Book, type Others } from "./book.ts";
import { type Carried, carriedFrom } from "./carried.ts";
import { checkSettings } from "./check_settings.ts";
import { asking, firstAsking } from "./first_asking.ts";
import { firstTouched, isRestless } from "./first_touched.ts";
import { paysFunding } from "./funding.ts";
import { intervene, type Intervention, LIQUIDATING } from "./interventions.ts";
import { isIsolated } from "./margin.ts";
import type { Desk } from "./desk.ts";
import type { EquityCurve } from "./equity_curve.ts";
import { type Ledger, SILENT } from "./ledger.ts";
import { noteVolume, type Row, takeRows } from "./phases.ts";
import { type AccountReport, accountReport } from "./report.ts";
import { protection } from "./protections.ts";
import { type AccountSettings, allSettings } from "./settings.ts";
import type { Signals } from "./signals.ts";
import { type AccountState, newState, restoreState, saveState } from "./state.ts";
import { ACTIVE_STOPS, NO_DISTANCES, NOTED_STOPS, type Stops } from "./stop_rules.ts";

/** Rows over which is looked, at once, for what a position meets with. */
const LOOKED_AHEAD = 256;

/** What an account of a portfolio has in common with the others. */
export interface Shared {
  book: Book;
  others: Others;
}

/**
 * The account: a fold over candles and signals that gives equity as columns, and signals, fills and
 * trades as events. A backtest is the fold over years, paper trading the same fold over one row.
 */
export class Account {
  readonly state: Readonly<AccountState>;
  private readonly desk: Desk;
  /** Whether any row may ask for another exposure. */
  private steers = false;
  /** Whether rows are shorter than the candles that stops count. */
  private hasBars = false;

  /** Throws an `InputError` for settings with which no account can trade. */
  constructor(given: AccountSettings, stops: Stops, timeframe: Timeframe, shared?: Shared) {
    checkSettings(given, stops);
    const settings = allSettings(given), state = newState(settings.balance);
    this.state = state;
    this.desk = {
      state,
      book: shared?.book ?? state,
      others: shared?.others ?? ALONE,
      settings,
      stops,
      timeframe,
      distances: NO_DISTANCES,
      noted: [],
      hasStops: isIsolated(settings) || ACTIVE_STOPS.some((name) => stops[name] !== undefined),
      isFunded: false,
      closes: true,
      ledger: SILENT,
      entering: undefined,
      ...protection(settings),
    };
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
    curve: Pick<EquityCurve, "mark">,
    curveFrom: number,
    ledger: Ledger,
  ): void {
    const { desk: { state, settings: { shorts }, stops: { maxEntries = 1 } } } = this;
    const toSignal = signalsFrom - from, toCurve = curveFrom - from;
    const row = this.rowOf(candles, signals, ledger), rows = [row];
    const columns = [-1, 0, 1].map((side) => asking(signals, side, shorts, maxEntries > 1));
    for (let i = from; i < to;) {
      const { position } = state, side = position === 0 ? 0 : position > 0 ? 1 : -1;
      // By so many rows that looking for what is asked never goes far beyond what prices do first.
      const end = side === 0 ? to : Math.min(to, i + LOOKED_AHEAD);
      const quiet = this.isAwaiting || side !== 0 && this.isRestless
        ? i
        : this.firstEventful(columns[side + 1], candles, i, end, toSignal);
      curve.mark(state, candles.close, i, quiet, i + toCurve);
      if (quiet > i) {
        row.i = quiet - 1;
        row.at = row.i + toSignal;
        noteVolume(row);
      }
      i = quiet;
      if (quiet === end) continue;
      row.i = quiet;
      row.at = quiet + toSignal;
      takeRows(rows);
      curve.mark(state, candles.close, quiet, quiet + 1, quiet + toCurve);
      i = quiet + 1;
    }
  }

  /** The first row of [from, to) on which something is asked, or prices do something; `to` if there is none. */
  private firstEventful(
    asking: readonly Float64Array[],
    candles: CandleColumns,
    from: number,
    to: number,
    toSignal: number,
  ): number {
    const asked = firstAsking(asking, from + toSignal, to + toSignal) - toSignal;
    return this.state.position === 0 ? asked : firstTouched(this.desk, candles, from, asked);
  }

  /** Takes what people ask for, between two rows: it holds from the next close on. */
  intervene(asked: Intervention): void {
    intervene(this.desk.state, asked);
  }

  /** A row of these candles and signals, for the phases to be taken with; its place is to be set. */
  rowOf(candles: CandleColumns, signals: Signals, ledger: Ledger): Row {
    const { desk } = this;
    desk.ledger = ledger;
    desk.distances = signals.distances ?? NO_DISTANCES;
    desk.noted = NOTED_STOPS.filter(({ name }) => desk.distances[name] !== undefined);
    this.steers = signals.steers === true;
    this.hasBars = signals.bars !== undefined;
    desk.hasStops ||= signals.distances !== undefined;
    desk.isFunded = paysFunding(desk, candles);
    return { desk, candles, i: 0, signals, at: 0, filled: undefined };
  }

  /** What it has done in all, its position marked at `price`. */
  report(price: number): AccountReport {
    return accountReport(this.desk, price);
  }

  /** What its protections would remember, had its position been closed at `price`: see `Carried`. */
  carried(price: number): Carried {
    return carriedFrom(this.desk, price);
  }

  /** Lets its protections go on, before its first row, with what those of another account remembered. */
  goOn(carried: Carried): void {
    Object.assign(this.desk.state, carried);
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
  get isWatching(): boolean {
    const { desk: { hasStops }, state: { position } } = this;
    if (this.isAwaiting || position < 0) return true;
    return position !== 0 && (hasStops || this.isRestless);
  }

  /** Whether every row may do something to its position, wherever prices go. */
  private get isRestless(): boolean {
    return isRestless(this.desk) || this.hasBars && this.desk.hasStops;
  }

  /** Whether it will do something on the next row, or count it, whatever is asked and whatever prices do. */
  private get isAwaiting(): boolean {
    const { pending, cooling, orderSide, paused } = this.state;
    return pending !== 0 || orderSide !== 0 || cooling > 0 || this.steers || paused === LIQUIDATING;
  }
}
