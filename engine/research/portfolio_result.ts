import type { PortfolioCurve } from "../account/portfolio/portfolio_curve.ts";
import type { PortfolioSettings } from "../account/portfolio/settings.ts";
import type { AccountReport } from "../account/report.ts";
import type { AccountSettings } from "../account/settings.ts";
import type { ClosedTrade, Fill, OpenTrade, Refusal, Signal } from "../account/ledger.ts";
import type { Candles } from "../market/candles.ts";
import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import { openTime, type Timeframe } from "../market/timeframe.ts";
import type { Performance } from "../metrics/performance.ts";
import type { Named, PortfolioSpec } from "../run/portfolio_run.ts";
import { type Contribution, contributionOf } from "./contribution.ts";
import { instrumentResult } from "./instrument_result.ts";
import { MeasuredResult } from "./measured_result.ts";
import { portfolioPerformance } from "./portfolio_performance.ts";
import type { PortfolioRecord } from "./portfolio_record.ts";
import { portfolioNotes } from "./portfolio_notes.ts";
import type { Result } from "./result.ts";
import { Columns, Table } from "./table.ts";

/** What a backtest of a portfolio was made from and what came of it, in the order of `spec`. */
export interface PortfolioParts {
  spec: PortfolioSpec;
  seen: readonly Candles[];
  curve: PortfolioCurve;
  signals: (Signal & Named)[];
  refusals: (Refusal & Named)[];
  fills: (Fill & Named)[];
  trades: (ClosedTrade & Named)[];
  reports: readonly AccountReport[];
}

/** The result of a backtest of several instruments on one account. */
export class PortfolioResult extends MeasuredResult implements PortfolioRecord {
  /** What its run was told, which together with `seen` gives the same run again. */
  readonly spec: PortfolioSpec;
  readonly account: AccountSettings;
  readonly portfolio: PortfolioSettings;
  /** The instruments in the order in which they were served. */
  readonly instruments: readonly string[];
  /** All candles of each instrument: what the indicators were computed from. */
  readonly seen: Readonly<Record<string, Candles>>;
  /** One row for each time at which a candle closed: time, equity, cash, drawdown. */
  readonly equity: Columns<"time" | "equity" | "cash" | "drawdown">;
  /** What each instrument's position was worth at those times, by name; negative when short. */
  readonly values: Columns<string>;
  /** What each instrument had earned by then, its open position and all costs included. */
  readonly profits: Columns<string>;
  /** Units that were held of each. */
  readonly positions: Columns<string>;
  readonly signals: Table<Signal & Named>;
  /** Entries that were asked for and not made, and why. */
  readonly refusals: Table<Refusal & Named>;
  /** Every purchase and sale, in order; `cash` is that of the whole account. */
  readonly fills: Table<Fill & Named>;
  /** The closed trades. */
  readonly trades: Table<ClosedTrade & Named>;
  /** The positions that the end left open, marked at their last closes. */
  readonly open: Table<OpenTrade & Named>;
  /** What each instrument did and what the whole had of it. */
  readonly contributions: Table<Contribution>;
  /** Of each instrument, as `counts` of a `Result`. */
  readonly reports: Readonly<Record<string, AccountReport>>;

  constructor(parts: PortfolioParts) {
    super();
    const { spec, curve, curve: { time, equity, cash, drawdown }, seen, reports } = parts;
    const names = spec.instruments.map(({ name }) => name);
    const by = <T>(values: readonly T[]) =>
      Object.fromEntries(names.map((name, n) => [name, values[n]])) as Record<string, T>;
    this.spec = spec;
    this.account = spec.instruments[0].run.account;
    this.portfolio = spec.portfolio;
    this.instruments = names;
    this.seen = by(seen);
    this.equity = new Columns({ time, equity, cash, drawdown });
    this.values = new Columns({ time, ...by(curve.value) });
    this.profits = new Columns({ time, ...by(curve.profit) });
    this.positions = new Columns({ time, ...by(curve.position) });
    this.signals = new Table(parts.signals);
    this.refusals = new Table(parts.refusals);
    this.fills = new Table(parts.fills);
    this.trades = new Table(parts.trades);
    this.open = new Table(
      reports.flatMap(({ open }, n) =>
        open === undefined ? [] : [{ instrument: names[n], ...open }]
      ),
    );
    this.reports = by(reports);
    this.contributions = new Table(names.map((name, n) =>
      contributionOf(name, {
        value: curve.value[n],
        profit: curve.profit[n],
        equity,
        trades: parts.trades,
        report: reports[n],
        balance: this.account.balance,
      })
    ));
  }

  /** The strategies' own; that of the candles, unless they are shorter. */
  get timeframe(): Timeframe {
    return this.spec.instruments[0].run.timeframe;
  }

  /** The candles on which the account of an instrument acted. */
  acted(instrument: string): Candles {
    const candles = this.seen[instrument], { start = -Infinity } = this.spec.instruments[0].run;
    const first = candles.time.findIndex((time) => openTime(time, candles.timeframe) >= start);
    return candles.slice(first < 0 ? candles.length : first, candles.length);
  }

  /**
   * What one instrument did, as a result of its own, for its chart, trades and numbers. Its equity is the
   * whole account's balance with what this instrument alone has earned: the cash is that of all. Throws an
   * `InputError` for one that is not in the portfolio, or that had no candle to act on.
   */
  of(instrument: string): Result {
    if (!this.instruments.includes(instrument)) {
      const hint = didYouMean(instrument, this.instruments) || ".";
      throw new InputError(
        `There is no instrument "${instrument}"${hint} There are ${this.instruments.join(", ")}`,
      );
    }
    if (this.acted(instrument).length > 0) return instrumentResult(this, instrument);
    throw new InputError(
      `${instrument} has no result: no candle of it opens at or after the start`,
    );
  }

  /** What a reader of the result should know of how it came about. */
  notes(): string[] {
    return portfolioNotes(this);
  }

  protected measure(): Performance {
    return portfolioPerformance(this);
  }
}
