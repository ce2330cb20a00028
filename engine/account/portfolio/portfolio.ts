import type { Account, Shared } from "../account.ts";
import type { Book } from "../book.ts";
import { firstFiring } from "../decide.ts";
import { enterNow } from "../orders.ts";
import {
  decideAtClose,
  endRuined,
  enterInside,
  leaveAtOpen,
  leaveInside,
  type Row,
} from "../phases.ts";
import { volumeAt } from "../signals.ts";
import { type Member, valueOf } from "./member.ts";
import { othersOf } from "./others_of.ts";
import type { PortfolioCurve } from "./portfolio_curve.ts";
import type { PortfolioSettings } from "./settings.ts";

/** A member's candle that closes now. */
export interface Taken {
  member: Member;
  row: Row;
  /** The deviation of the member's returns at this close. */
  volatility: number;
}

/** What is remembered of the book, in this order. */
const OF_BOOK = ["cash", "worth", "peak", "halted", "day", "dayEquity", "dayLost"] as const;

/**
 * Accounts that share one book, in the order in which they are served. At each time they take their
 * candles phase by phase, all of them one phase before any takes the next: what leaves at the open,
 * what enters there, what enters inside the candle, what leaves inside it, decisions at the close. So
 * cash that a stop frees inside a candle buys nothing in it: when it happened there nobody can say.
 */
export class Portfolio {
  readonly book: Book;
  readonly members: readonly Member[];

  constructor(
    readonly settings: PortfolioSettings,
    private readonly balance: number,
    names: readonly string[],
    open: (name: string, shared: Shared) => Account,
  ) {
    this.book = {
      cash: balance,
      worth: balance,
      peak: balance,
      halted: 0,
      day: NaN,
      dayEquity: balance,
      dayLost: 0,
    };
    const members: Member[] = [];
    this.members = members;
    names.forEach((name, own) => {
      const account = open(name, { book: this.book, others: othersOf(this, own) });
      members.push({ name, account, close: NaN, volatility: NaN });
    });
  }

  /** Takes the candles that close at one time, in the order of the members. */
  take(taken: readonly Taken[]): void {
    const busy = this.busy(taken);
    for (const { row } of busy) leaveAtOpen(row);
    for (const { row } of busy) enterNow(row.desk);
    for (const { row } of busy) enterInside(row);
    for (const { row } of busy) leaveInside(row);
    for (const { member, row: { desk, candles, i, signals, at }, volatility } of taken) {
      member.close = candles.close[i];
      member.volatility = volatility;
      if (!busy.length) desk.state.volume = volumeAt(candles, i, signals, at);
    }
    for (const { row } of busy) endRuined(row);
    for (const { row } of busy) decideAtClose(row);
    for (const { row } of busy) enterNow(row.desk);
  }

  /** Marks all positions at their last closes and writes row `at` of a curve. */
  mark(curve: PortfolioCurve, at: number, time: number): void {
    const { book, members, balance } = this;
    let equity = book.cash;
    for (let n = 0; n < members.length; n++) {
      const { account: { state } } = members[n], value = valueOf(members[n]);
      equity += value;
      curve.position[n][at] = state.position;
      curve.value[n][at] = value;
      curve.profit[n][at] = state.cash - balance + value;
    }
    book.worth = equity;
    if (equity > book.peak) book.peak = equity;
    curve.time[at] = time;
    curve.equity[at] = equity;
    curve.cash[at] = book.cash;
    curve.drawdown[at] = equity / book.peak - 1;
  }

  /** All that is remembered, but for the accounts. */
  save(): Float64Array {
    const { book, members } = this;
    const own = members.flatMap(({ close, volatility }) => [close, volatility]);
    return Float64Array.from([...OF_BOOK.map((name) => book[name]), ...own]);
  }

  /** Takes over what `save` gave. */
  restore(source: Float64Array): void {
    OF_BOOK.forEach((name, n) => this.book[name] = source[n]);
    this.members.forEach((member, n) => {
      const at = OF_BOOK.length + 2 * n;
      [member.close, member.volatility] = source.subarray(at, at + 2);
    });
  }

  /** All of them, if anything may happen to one: most candles only move prices. */
  private busy(taken: readonly Taken[]): readonly Taken[] {
    return taken.some(isBusy) ? taken : NOTHING;
  }
}

const NOTHING: readonly Taken[] = [];

function isBusy({ member, row: { signals, at, desk } }: Taken): boolean {
  return member.account.isWatching || desk.watchesEquity ||
    firstFiring(signals, at, at + 1) === at;
}
