import type { EquityCurve } from "../../account/equity_curve.ts";
import type { Candles } from "../../market/candles.ts";
import { periodLastRows } from "../../metrics/period_last_rows.ts";
import { periodReturns } from "../../metrics/period_returns.ts";
import type { MetricsSettings } from "../../metrics/settings.ts";
import { sharpe } from "../../metrics/sharpe.ts";
import type { SweepNumbers } from "./numbers.ts";

/** The rows on which the periods of the returns end: the same for all sets. */
export class PeriodRows {
  readonly rows: Int32Array;
  private next = 0;

  constructor(candles: Candles, readonly settings: MetricsSettings) {
    this.rows = periodLastRows(candles, settings.period);
  }

  /** The periods whose last row is before `to`, from the first that was not given yet. */
  upTo(to: number): { from: number; to: number } {
    const from = this.next;
    while (this.next < this.rows.length && this.rows[this.next] < to) this.next++;
    return { from, to: this.next };
  }
}

/** What is kept of the equity of one set: where periods end, the deepest drawdown, the last value. */
export class Tally {
  private readonly ends: Float64Array;
  private deepest = 0;
  private last: number;
  trades = 0;

  constructor(private readonly balance: number, private readonly periods: PeriodRows) {
    this.ends = new Float64Array(periods.rows.length);
    this.last = balance;
  }

  /** Takes `count` rows of a curve, the first of which is row `first` of all; `ended` are the periods in them. */
  take(curve: EquityCurve, first: number, count: number, ended: { from: number; to: number }): void {
    const { equity, drawdown } = curve, { rows } = this.periods;
    let { deepest } = this;
    for (let i = 0; i < count; i++) if (drawdown[i] < deepest) deepest = drawdown[i];
    this.deepest = deepest;
    for (let period = ended.from; period < ended.to; period++) {
      const row = rows[period];
      this.ends[period] = row < first ? this.last : equity[row - first];
    }
    this.last = equity[count - 1];
  }

  numbers(): SweepNumbers {
    const { balance, ends, last, deepest, trades, periods: { settings } } = this;
    return {
      totalReturn: (last - balance) / balance,
      sharpe: sharpe(periodReturns(balance, ends), settings),
      maxDrawdown: deepest,
      trades,
    };
  }
}
