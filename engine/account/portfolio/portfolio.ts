import type { Account, Shared } from "../account.ts";
import { type Book, BOOK_FIELDS, newBook } from "../book.ts";
import { firstFiring } from "../first_asking.ts";
import { noteVolume, type Row, takeRows } from "../phases.ts";
import { openTime } from "../../market/timeframe.ts";
import { bookWorth, type Member, valueOf } from "./member.ts";
import { othersOf } from "./others_of.ts";
import type { PortfolioCurve } from "./portfolio_curve.ts";
import { aim, buildUpTo, stretchOf, takeDownTo } from "./rebalancing.ts";
import type { Rebalance } from "./rebalance.ts";
import type { PortfolioSettings } from "./settings.ts";

/** A member's candle that closes now. */
export interface Taken {
  member: Member;
  row: Row;
  /** The deviation of the member's returns at this close. */
  volatility: number;
}

/**
 * Accounts that share one book, in the order in which they are served: at each time they take each phase
 * of their candles together (see `takeRows`).
 */
export class Portfolio {
  readonly book: Book;
  readonly members: readonly Member[];
  /** The rebalancing's stretch of days that the last close was in; NaN before the first. */
  private stretch = NaN;

  constructor(
    readonly settings: PortfolioSettings,
    private readonly balance: number,
    names: readonly string[],
    open: (name: string, shared: Shared) => Account,
  ) {
    this.book = newBook(balance);
    const members: Member[] = [];
    this.members = members;
    names.forEach((name, own) => {
      const account = open(name, { book: this.book, others: othersOf(this, own) });
      members.push({ name, account, close: NaN, volatility: NaN, target: NaN });
    });
  }

  /** Takes the candles that close at one time, in the order of the members. */
  take(taken: readonly Taken[], time: number): void {
    const busy = taken.filter(isBusy), rows = busy.map(({ row }) => row);
    const { rebalance } = this.settings;
    takeRows(rows, {
      takeDown: () => rebalance && this.resize(busy, takeDownTo, "open"),
      buildUp: () => rebalance && this.resize(busy, buildUpTo, "open"),
      close: () => taken.forEach(close),
      decided: () => rebalance && this.rebalance(taken, time, rebalance),
    });
  }

  /** Marks all positions at their last closes and writes row `at` of a curve. */
  mark(curve: PortfolioCurve, at: number, time: number): void {
    const { book, members, balance } = this;
    const equity = bookWorth(book, members);
    for (let n = 0; n < members.length; n++) {
      const { account: { state } } = members[n], value = valueOf(members[n]);
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
    const own = members.flatMap(({ close, volatility, target }) => [close, volatility, target]);
    return Float64Array.from([this.stretch, ...BOOK_FIELDS.map((name) => book[name]), ...own]);
  }

  /** Takes over what `save` gave. */
  restore(source: Float64Array): void {
    this.stretch = source[0];
    BOOK_FIELDS.forEach((name, n) => this.book[name] = source[1 + n]);
    this.members.forEach((member, n) => {
      const at = 1 + BOOK_FIELDS.length + 3 * n;
      [member.close, member.volatility, member.target] = source.subarray(at, at + 3);
    });
  }

  /** At the close: what is to be brought back to its share at the next open, or now. */
  private rebalance(taken: readonly Taken[], time: number, rebalance: Rebalance): void {
    const { settings, members, book } = this, { timeframe } = taken[0].row.desk;
    const stretch = stretchOf(time, timeframe, rebalance), isFirst = Number.isNaN(this.stretch);
    if (stretch === this.stretch) return;
    this.stretch = stretch;
    if (isFirst) return;
    const equity = bookWorth(book, members);
    for (const { member, row: { desk: { settings: { size } } } } of taken) {
      aim(member, members, settings, { equity, size });
    }
    if (taken[0].row.desk.settings.fill !== "close") return;
    this.resize(taken, takeDownTo, "close");
    this.resize(taken, buildUpTo, "close");
  }

  private resize(taken: readonly Taken[], by: typeof takeDownTo, at: "open" | "close"): void {
    for (const { member, row, row: { candles, i, desk: { timeframe } } } of taken) {
      if (Number.isNaN(member.target)) continue;
      const time = candles.time[i];
      by(member, row, candles[at][i], at === "open" ? openTime(time, timeframe) : time);
    }
  }
}

/** A member's candle is over. */
function close({ member, row, row: { candles, i }, volatility }: Taken): void {
  member.close = candles.close[i];
  member.volatility = volatility;
  noteVolume(row);
}

/** Whether anything may happen on a row: most candles only move prices. */
function isBusy({ member, row: { signals, at, desk } }: Taken): boolean {
  return member.account.isWatching || !Number.isNaN(member.target) || desk.watchesEquity ||
    firstFiring(signals, at, at + 1) === at;
}
