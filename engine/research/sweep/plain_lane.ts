import { stillWorse } from "../../account/pricing.ts";
import type { AllSettings } from "../../account/settings.ts";
import { affordable, type Terms } from "../../account/terms.ts";
import type { Firing } from "../../series/firing.ts";
import type { Strategy } from "../../strategy/strategy.ts";
import { Marks } from "./marks.ts";
import type { Lane, Span } from "./span.ts";
import type { Tally } from "./tally.ts";

/** What a plain account is asked by. */
const ASKED = ["enterLong", "exitLong", "confidence"];

/** What each setting has to be for an account to be plain; "any" of what a plain one goes by, or never looks at. */
const PLAIN: { readonly [Name in keyof AllSettings]: "any" | readonly [AllSettings[Name]] } = {
  balance: "any",
  fee: "any",
  makerFee: "any",
  slippage: "any",
  spread: "any",
  stopSlippage: "any",
  fill: "any",
  size: "any",
  shorts: "any",
  tick: "any",
  rebalanceThreshold: "any",
  fundingHours: "any",
  maintenanceMargin: "any",
  sizing: ["fraction"],
  lot: [0],
  minNotional: [0],
  fixedFee: [0],
  impact: [0],
  leverage: [1],
  fundingRate: [0],
  maxDrawdown: [undefined],
  dailyLoss: [undefined],
  cooldown: [undefined],
  maxTradesPerDay: [undefined],
  maxLossesInRow: [undefined],
};

/**
 * Whether nothing can happen to an account between its orders, and its orders are the simplest: long or
 * flat, a fraction of the cash, no stops, no protections, no lots.
 */
export function isPlain({ signals, stops }: Strategy, settings: AllSettings): boolean {
  const asks = Object.keys(signals).filter((name) => settings.shorts || name !== "enterShort");
  return Object.values(stops).every((stop) => stop === undefined) &&
    signals.enterLong !== undefined && signals.exitLong !== undefined &&
    asks.every((name) => ASKED.includes(name)) &&
    Object.entries(PLAIN).every(([name, rule]) =>
      rule === "any" || rule[0] === settings[name as keyof AllSettings]
    );
}

/**
 * A plain account, from order to order: between two of them equity is cash, or cash and a number of units
 * at the close. What it comes to is what the account's fold comes to; tests hold it to that.
 */
export class PlainLane implements Lane {
  /** What is held, in units. */
  private units = 0;
  private cash: number;
  /** Whether the last row decided something that the next open carries out. */
  private isPending = false;
  private readonly marks: Marks;
  private readonly terms: Terms;
  private readonly worse: number;
  private readonly delay: 0 | 1;
  private enter = 0;
  private exit = 0;

  constructor(
    private readonly settings: AllSettings,
    private readonly enters: Firing,
    private readonly exits: Firing,
    private readonly tally: Tally,
  ) {
    const { balance, fee, fill } = settings;
    this.cash = balance;
    this.marks = new Marks(tally);
    this.worse = stillWorse(settings);
    this.delay = fill === "close" ? 0 : 1;
    this.terms = { price: 0, slope: 0, volume: 0, fee, fixedFee: 0, lot: 0, margin: 1 };
  }

  take(span: Span): void {
    const { delay, marks } = this, { from, to, toPlan } = span;
    let row = from, decided = from + toPlan - 1;
    marks.begin(span);
    this.enter = this.exit = 0;
    if (this.isPending) this.fill(span, row);
    this.isPending = false;
    while (row < to) {
      decided = this.units === 0 ? this.nextEntry(decided) : this.nextExit(decided);
      const filled = Math.min(decided - toPlan + delay, to);
      marks.mark(span, this.cash, this.units, row, filled);
      row = filled;
      this.isPending = decided < Infinity && row === to;
      if (row < to) this.fill(span, row);
    }
  }

  /** The next row that enters: one on which the exit of its side is not true, too. */
  private nextEntry(after: number): number {
    const { enters, exits } = this;
    while (this.enter < enters.count) {
      const row = enters.rows[this.enter++];
      if (row <= after) continue;
      while (this.exit < exits.count && exits.rows[this.exit] < row) this.exit++;
      if (this.exit === exits.count || exits.rows[this.exit] > row) return row;
    }
    return Infinity;
  }

  private nextExit(after: number): number {
    const { exits } = this;
    while (this.exit < exits.count) {
      const row = exits.rows[this.exit++];
      if (row > after) return row;
    }
    return Infinity;
  }

  /** Carries out, on a row, what was decided: an exit of what is held, or an entry. */
  private fill({ candles }: Span, row: number): void {
    const quoted = this.delay === 0 ? candles.close[row] : candles.open[row];
    if (this.units === 0) this.buy(quoted);
    else this.sell(quoted);
  }

  private buy(quoted: number): void {
    const { cash, terms, settings: { size } } = this;
    terms.price = quoted * (1 + this.worse);
    const amount = affordable(cash * Math.min(1, size), terms);
    const notional = amount * terms.price, fee = notional * terms.fee;
    const left = cash - amount * (terms.price - quoted) - fee;
    if (!(amount > 0 && left > 1e-9 * cash)) return;
    this.cash = cash - (notional + fee);
    this.tally.turnover += notional;
    this.units = amount;
  }

  private sell(quoted: number): void {
    const notional = this.units * (quoted * (1 - this.worse));
    this.cash += notional - Math.min(notional * this.terms.fee, this.cash + notional);
    this.units = 0;
    this.tally.turnover += notional;
    this.tally.trades++;
  }
}
