import type { CurveColumn } from "../account/equity_curve.ts";
import type { ClosedTrade, Counts, Fill, OpenTrade, Refusal, Signal } from "../account/ledger.ts";
import type { AccountReport } from "../account/report.ts";
import type { AccountSettings } from "../account/settings.ts";
import type { Candles } from "../market/candles.ts";
import { heldUnit } from "../metrics/benchmark.ts";
import { type Excursion, excursions } from "../metrics/excursions.ts";
import type { Performance } from "../metrics/performance.ts";
import type { PortfolioSpec } from "../run/portfolio_run.ts";
import type { RunSpec } from "../run/run.ts";
import type { ParameterValues } from "../series/scalars.ts";
import type { Timeframe } from "../market/timeframe.ts";
import type { Strategy } from "../strategy/strategy.ts";
import { accountNotes } from "./account_notes.ts";
import { coldNotes } from "./cold_notes.ts";
import { gapNotes, partialNotes, unfinishedNotes } from "./gap_notes.ts";
import { longerTimeframes } from "./longer_timeframes.ts";
import { peekingNotes } from "./peeking_notes.ts";
import { MeasuredResult } from "./measured_result.ts";
import { Columns, type Rows, Table } from "./table.ts";

/** What a backtest was made from and what came of it. */
export interface ResultParts {
  /** Absent for signals that were computed by hand. */
  spec?: RunSpec;
  account: AccountSettings;
  seen: Candles;
  candles: Candles;
  curve: Readonly<Record<CurveColumn, Float64Array>>;
  signals: Rows<Signal>;
  refusals: Rows<Refusal>;
  fills: Rows<Fill>;
  trades: Rows<ClosedTrade>;
  report: AccountReport;
  /** The portfolio that it is an instrument of, where it is. */
  partOf?: PortfolioSpec;
}

/** The result of a backtest. */
export class Result extends MeasuredResult {
  /** What its run was told, which together with `seen` gives the same run again. */
  readonly spec: RunSpec | undefined;
  /** How many sets were tried before this one was chosen, as far as a search knows: the receipt of `promote` says it. */
  trials = 1;
  readonly account: AccountSettings;
  /** The portfolio that it is one instrument of; absent for what ran alone. */
  readonly partOf: PortfolioSpec | undefined;
  /** All candles, from the anchor on: what the indicators were computed from. */
  readonly seen: Candles;
  /** The candles on which the account acted. */
  readonly candles: Candles;
  /** One row a candle: time, equity, cash, position, drawdown. */
  readonly equity: Columns<"time" | CurveColumn>;
  readonly signals: Table<Signal>;
  /** Entries that were asked for and not made, and why. */
  readonly refusals: Table<Refusal>;
  /** Every purchase and sale; the trades are what they make together. */
  readonly fills: Table<Fill>;
  /** The closed trades. */
  readonly trades: Table<ClosedTrade>;
  /** The position that the last candle left open, marked at its close. */
  readonly open: OpenTrade | undefined;
  /** The money that it would have, had it closed that position there by a market order. */
  readonly closedEquity: number;
  readonly counts: Counts;
  private readonly report: AccountReport;

  constructor(parts: ResultParts) {
    super();
    const { candles, curve, report } = parts;
    this.spec = parts.spec;
    this.account = parts.account;
    this.partOf = parts.partOf;
    this.seen = parts.seen;
    this.candles = candles;
    this.equity = new Columns({
      time: candles.time,
      equity: curve.equity,
      get cash() {
        return curve.cash;
      },
      get position() {
        return curve.position;
      },
      get drawdown() {
        return curve.drawdown;
      },
    });
    this.signals = new Table(parts.signals);
    this.refusals = new Table(parts.refusals);
    this.fills = new Table(parts.fills);
    this.trades = new Table(parts.trades);
    this.open = report.open;
    this.closedEquity = report.closedEquity;
    this.counts = report.counts;
    this.report = report;
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

  /** What a reader of the result should know of how it came about. */
  notes(): string[] {
    const { account, counts, refusals, trades, funding, spec } = this;
    return [
      ...gapNotes(this.candles),
      ...unfinishedNotes(this.candles, this.timeframe),
      ...(spec !== undefined && spec.base === undefined
        ? partialNotes(this.candles, longerTimeframes(spec.strategy.signals, spec.parameters))
        : []),
      ...(spec !== undefined && this.signals.length === 0 ? coldNotes(spec, this.seen) : []),
      ...(spec === undefined ? peekingNotes(this.performance) : []),
      ...accountNotes({
        ...{ account, counts: [counts], refusals: refusals.rows, trades: trades.rows, funding },
        isAssumed: this.candles.funding === undefined,
      }),
      ...(trades.rows.at(-1)?.reason === "ruin" ? ["equity reached 0, which ended the run"] : []),
    ];
  }

  protected measure(): Performance {
    const { candles, equity, trades, open, report: { fees, slippage, funding, turnover } } = this;
    let excursed: Excursion[] | undefined;
    return {
      rows: candles,
      initialBalance: this.account.balance,
      equity: equity.column("equity"),
      get held() {
        return equity.column("position");
      },
      benchmark: heldUnit(candles),
      get trades() {
        return trades.rows;
      },
      get excursions() {
        const { held: position } = this;
        return excursed ??= excursions(trades.rows, candles, { position, open });
      },
      openTrades: open ? 1 : 0,
      ...{ fees, slippage, funding, turnover },
    };
  }
}
