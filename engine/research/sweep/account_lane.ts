import type { Account } from "../../account/account.ts";
import type { Ledger } from "../../account/ledger.ts";
import type { Signals } from "../../account/signals.ts";
import type { AccountState } from "../../account/state.ts";
import { Marks } from "./marks.ts";
import type { Lane, Span } from "./span.ts";
import type { Tally } from "./tally.ts";

/** Any account: the fold that backtests and bots run, whose equity goes into a tally instead of a curve. */
export class AccountLane implements Lane {
  private readonly ledger: Ledger;
  private readonly marks: Marks;
  private span: Span | undefined;

  constructor(
    private readonly account: Account,
    private readonly signals: Signals,
    private readonly tally: Tally,
  ) {
    const trade = () => {
      tally.trades++;
    };
    this.ledger = { signal() {}, refuse() {}, fill() {}, trade };
    this.marks = new Marks(tally);
  }

  take(span: Span): void {
    const { account, signals, ledger } = this, { candles, from, to, toPlan } = span;
    this.span = span;
    this.marks.begin(span);
    account.advance(candles, from, to, signals, from + toPlan, this, 0, ledger);
  }

  /** As a curve's: see `EquityCurve.mark`. */
  mark(state: AccountState, _: Float64Array, from: number, to: number): void {
    if (from === to) return;
    const { tally } = this;
    this.marks.mark(this.span!, state.cash, state.position, from, to);
    state.peak = tally.peak;
    state.worth = tally.last;
    tally.turnover = state.turnover;
  }
}
