import type { EquityCurve } from "../account/equity_curve.ts";
import type { ClosedTrade, Counts, Fill, OpenTrade, Refusal, Signal } from "../account/ledger.ts";
import type { AccountReport } from "../account/report.ts";
import type { AccountSettings } from "../account/settings.ts";
import type { Candles } from "../market/candles.ts";
import type { Performance } from "../metrics/performance.ts";
import { type Summary, summary } from "../metrics/summary.ts";
import type { MetricsOptions } from "../metrics/settings.ts";
import type { RunSpec } from "../run/run.ts";
import type { ParameterValues } from "../series/scalars.ts";
import type { Timeframe } from "../market/timeframe.ts";
import type { Strategy } from "../strategy/strategy.ts";
import { accountNotes } from "./account_notes.ts";
import { coldNotes } from "./cold_notes.ts";
import { gapNotes, unfinishedNotes } from "./gap_notes.ts";
import { type DrawdownRow, drawdownRows } from "./drawdown_rows.ts";
import { type ExcursionRow, excursionRows } from "./excursion_rows.ts";
import { type MonthRow, monthRows, type YearRow, yearRows } from "./return_rows.ts";
import { type RollingColumn, rollingRatios, rollingWindow } from "./rolling_ratios.ts";
import { Columns, Table } from "./table.ts";

/** What a backtest was made from and what came of it. */
export interface ResultParts {
  /** Absent for signals that were computed by hand. */
  spec?: RunSpec;
  account: AccountSettings;
  seen: Candles;
  candles: Candles;
  curve: EquityCurve;
  signals: Signal[];
  refusals: Refusal[];
  fills: Fill[];
  trades: ClosedTrade[];
  report: AccountReport;
}

/** The result of a backtest. */
export class Result {
  /** What its run was told, which together with `seen` gives the same run again. */
  readonly spec: RunSpec | undefined;
  readonly account: AccountSettings;
  /** All candles, from the anchor on: what the indicators were computed from. */
  readonly seen: Candles;
  /** The candles on which the account acted. */
  readonly candles: Candles;
  /** One row a candle: time, equity, cash, position, drawdown. */
  readonly equity: Columns<"time" | keyof EquityCurve>;
  readonly signals: Table<Signal>;
  /** Entries that were asked for and not made, and why. */
  readonly refusals: Table<Refusal>;
  /** Every purchase and sale; the trades are what they make together. */
  readonly fills: Table<Fill>;
  /** The closed trades. */
  readonly trades: Table<ClosedTrade>;
  /** The position that the last candle left open, marked at its close. */
  readonly open: OpenTrade | undefined;
  readonly counts: Counts;
  /** Funding paid in all, in the quote currency; negative if more was received. */
  readonly funding: number;
  /** What the metrics read. */
  readonly performance: Performance;

  constructor(parts: ResultParts) {
    const { candles, curve, trades, report: { open, counts, fees, slippage, turnover } } = parts;
    this.spec = parts.spec;
    this.account = parts.account;
    this.seen = parts.seen;
    this.candles = candles;
    this.equity = new Columns({ time: candles.time, ...curve });
    this.signals = new Table(parts.signals);
    this.refusals = new Table(parts.refusals);
    this.fills = new Table(parts.fills);
    this.trades = new Table(trades);
    this.open = open;
    this.counts = counts;
    this.funding = parts.report.funding;
    const { equity, position } = curve, initialBalance = parts.account.balance;
    this.performance = {
      ...{ candles, initialBalance, equity, position, trades, open },
      ...{ fees, slippage, turnover, funding: this.funding },
    };
  }

  /** Absent for signals that were computed by hand. */
  get strategy(): Strategy | undefined {
    return this.spec?.strategy;
  }

  /** The strategy's own; that of the candles, unless they are shorter. */
  get timeframe(): Timeframe {
    return this.spec?.timeframe ?? this.candles.timeframe;
  }

  get parameters(): ParameterValues {
    return this.spec?.parameters ?? {};
  }

  /** Every metric; see `Summary`. */
  summary(options?: MetricsOptions): Summary {
    return summary(this.performance, options);
  }

  /** The deepest drawdowns, deepest first; `count` of them, 5 unless given. */
  drawdowns(count?: number): Table<DrawdownRow> {
    return new Table(drawdownRows(this.performance, count));
  }

  /** How far the price went against each closed trade and for it (MAE and MFE). */
  excursions(): Table<ExcursionRow> {
    return new Table(excursionRows(this.performance));
  }

  /** The returns of the calendar months (UTC), beside those of buying and holding. */
  monthlyReturns(): Table<MonthRow> {
    return new Table(monthRows(this.performance));
  }

  /** The returns of the calendar years (UTC), beside those of buying and holding. */
  yearlyReturns(): Table<YearRow> {
    return new Table(yearRows(this.performance));
  }

  /**
   * Sharpe ratio and volatility, both a year, over the last `window` UTC days: by default 90, or a third
   * of all days where these are fewer than 270. NaN before there are enough days.
   */
  rolling(window?: number): Columns<RollingColumn> {
    return rollingRatios(this.performance, rollingWindow(this.candles, window));
  }

  /** What a reader of the result should know of how it came about. */
  notes(): string[] {
    const { account, counts, refusals, trades, funding, spec } = this;
    return [
      ...gapNotes(this.candles),
      ...unfinishedNotes(this.candles, this.timeframe),
      ...(spec !== undefined && this.signals.length === 0 ? coldNotes(spec, this.seen) : []),
      ...accountNotes({
        ...{ account, counts: [counts], refusals: refusals.rows, trades: trades.rows, funding },
        isAssumed: this.candles.funding === undefined,
      }),
      ...(trades.rows.at(-1)?.reason === "ruin" ? ["equity reached 0, which ended the run"] : []),
    ];
  }
}
