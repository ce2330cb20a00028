import type { Performance } from "../metrics/performance.ts";
import type { MetricsOptions } from "../metrics/settings.ts";
import { type Summary, summary } from "../metrics/summary.ts";
import { type DrawdownRow, drawdownRows } from "./drawdown_rows.ts";
import { type ExcursionRow, excursionRows } from "./excursion_rows.ts";
import { type MonthRow, monthRows, type YearRow, yearRows } from "./return_rows.ts";
import { type RollingColumn, rollingRatios, rollingWindow } from "./rolling_ratios.ts";
import { type Columns, Table } from "./table.ts";

/**
 * What is measured of any result, of one instrument or of several on one account. Buying and holding is
 * that of the instrument, or of several in equal parts, from the first open on.
 */
export abstract class MeasuredResult {
  private measured: Performance | undefined;

  /** What the metrics read. */
  get performance(): Performance {
    return this.measured ??= this.measure();
  }

  /** Funding paid in all, in the quote currency; negative if more was received. */
  get funding(): number {
    return this.performance.funding;
  }

  /** Every metric; see `Summary`. */
  summary(options?: MetricsOptions): Summary {
    return summary(this.performance, options);
  }

  /** The deepest drawdowns, deepest first; `count` of them, 5 unless given. */
  drawdowns(count?: number): Table<DrawdownRow> {
    return new Table(drawdownRows(this.performance, count));
  }

  /** How far the price went against each closed trade and for it (MAE and MFE), in their order. */
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
    const { performance } = this;
    return rollingRatios(performance, rollingWindow(performance.rows, window));
  }

  /** What a reader of the result should know of how it came about. */
  abstract notes(): string[];

  protected abstract measure(): Performance;
}
