import { CompensatedSum } from "../../metrics/compensated_sum.ts";
import { periodReturns } from "../../metrics/period_returns.ts";
import { sharpe } from "../../metrics/sharpe.ts";
import { sharpeOfSums } from "../../metrics/sharpe_of_sums.ts";
import type { SweepNumbers } from "./numbers.ts";
import type { Periods } from "./periods.ts";

/** What is kept of the equity of one set: enough for its numbers, and nothing for each row. */
export class Tally {
  /** Equity where each period of the returns ends; none where each candle is one. */
  readonly ends: Float64Array;
  /** Sums of the returns of candles, and of their squares, where each candle is a period. */
  readonly sum = new CompensatedSum();
  readonly squares = new CompensatedSum();
  /** The row on which equity reached 0; -1 if it did not. */
  private ruinedAt = -1;
  /** The highest equity so far, and the lowest of equity / highest equity. */
  peak: number;
  lowest = 1;
  last: number;
  trades = 0;
  /** Money that was bought and sold for. */
  turnover = 0;

  constructor(private readonly balance: number, private readonly periods: Periods) {
    this.ends = new Float64Array(periods.isEachCandle ? 0 : periods.lastRows.length);
    this.last = this.peak = balance;
  }

  /** Notes the return of a candle, behind which equity is `worth`. Behind 0 nothing is earned any more. */
  earn(gain: number, row: number, worth: number): void {
    this.sum.add(gain);
    this.squares.add(gain * gain);
    if (worth <= 0) this.ruinedAt = row;
  }

  numbers(): SweepNumbers {
    const { balance, last, lowest, trades, turnover } = this;
    const totalReturn = (last - balance) / balance;
    return { totalReturn, sharpe: this.sharpe(), maxDrawdown: lowest - 1, trades, turnover };
  }

  /** The returns of the periods; unknown where only their sums are kept. */
  get returns(): Float64Array {
    return periodReturns(this.balance, this.ends);
  }

  private sharpe(): number {
    const { sum, squares, ruinedAt, periods } = this, { settings } = periods;
    if (!periods.isEachCandle) return sharpe(this.returns, settings);
    const count = ruinedAt < 0 ? periods.count() : periods.count(ruinedAt);
    return sharpeOfSums({ count, sum: sum.value, squares: squares.value }, settings);
  }
}
