import type { Account } from "../../account/account.ts";
import type { EquityCurve } from "../../account/equity_curve.ts";
import type { Ledger } from "../../account/ledger.ts";
import type { Signals } from "../../account/signals.ts";
import type { Lane, Span } from "./span.ts";
import type { Tally } from "./tally.ts";

/** Any account: the fold that backtests and bots run, over a curve that is read and written over. */
export class AccountLane implements Lane {
  private readonly ledger: Ledger;

  constructor(
    private readonly account: Account,
    private readonly signals: Signals,
    private readonly curve: EquityCurve,
    private readonly tally: Tally,
  ) {
    const trade = () => {
      tally.trades++;
    };
    this.ledger = { signal() {}, refuse() {}, fill() {}, trade };
  }

  take(span: Span): void {
    const { account, signals, curve, curve: { equity, drawdown }, tally } = this;
    const { candles, from, to, toPlan, periods: { lastRows, isEachCandle } } = span;
    account.advance(candles, from, to, signals, from + toPlan, curve, 0, this.ledger);
    const rows = to - from;
    let deepest = tally.lowest - 1;
    for (let i = 0; i < rows; i++) if (drawdown[i] < deepest) deepest = drawdown[i];
    tally.lowest = 1 + deepest;
    if (isEachCandle) this.addReturns(rows);
    else {
      for (let period = span.firstPeriod; period < span.endPeriod; period++) {
        const row = lastRows[period];
        tally.ends[period] = row < from ? tally.last : equity[row - from];
      }
    }
    tally.last = equity[rows - 1];
  }

  private addReturns(rows: number): void {
    const { tally, curve: { equity } } = this;
    let before = tally.last;
    for (let i = 0; i < rows && before > 0; i++) {
      const gain = (equity[i] - before) / before;
      tally.sum.add(gain);
      tally.squares.add(gain * gain);
      before = equity[i];
    }
  }
}
