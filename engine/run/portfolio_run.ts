import {
  checkPortfolio,
  DEFAULT_WINDOW,
  type PortfolioSettings,
} from "../account/portfolio/settings.ts";
import { Portfolio, type Taken } from "../account/portfolio/portfolio.ts";
import type { PortfolioCurve } from "../account/portfolio/portfolio_curve.ts";
import type { ClosedTrade, Fill, Ledger, Refusal, Signal } from "../account/ledger.ts";
import type { Candles } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import { iso } from "../market/time.ts";
import { SIGNALS_IN_PARTS } from "../account/signals.ts";
import { STOPS_IN_PARTS } from "../account/stop_rules.ts";
import { checkAlike } from "./check_alike.ts";
import type { Strategy } from "../strategy/strategy.ts";
import { MemberFeed } from "./member_feed.ts";
import { Run, type RunSpec } from "./run.ts";
import { packSnapshot, unpackSnapshot } from "./snapshot.ts";

/** All that the numbers of a portfolio depend on, besides its candles. */
export interface PortfolioSpec {
  /** In the order in which they are served; what they have in common is in `checkAlike`. */
  instruments: readonly { name: string; run: RunSpec }[];
  portfolio: PortfolioSettings;
}

/** Says of which instrument something is. */
export interface Named {
  instrument: string;
}

/** Where a portfolio puts what happens; `cash` of a fill is that of the whole portfolio. */
export interface PortfolioEvents {
  signal(signal: Signal & Named): void;
  refuse(refusal: Refusal & Named): void;
  fill(fill: Fill & Named): void;
  trade(trade: ClosedTrade & Named): void;
}

/**
 * Runs of several instruments whose accounts share one book, driven together in the order of time. A
 * cut of time anywhere gives the same numbers, as long as each call has all candles of its span.
 */
export class PortfolioRun {
  readonly portfolio: Portfolio;
  private readonly runs: readonly Run[];
  private readonly feeds: readonly MemberFeed[];
  /** The latest close that was taken. */
  private last = -Infinity;

  /** Throws an `InputError` for what cannot be run. */
  constructor({ instruments, portfolio }: PortfolioSpec) {
    const names = instruments.map(({ name }) => name), first = instruments[0].run;
    checkAlike(instruments);
    checkPortfolio(portfolio, names, first.account);
    if (portfolio.rebalance !== undefined) {
      for (const { run: { strategy } } of instruments) checkWhole(strategy);
    }
    const steering = instruments.find(({ run: { strategy } }) => strategy.signals.exposure);
    if (steering !== undefined) {
      throw new InputError(
        `${steering.run.strategy.name} gives its exposure, but a portfolio shares the money out itself: ` +
          "use a strategy with entries and exits, and portfolio.rebalance",
      );
    }
    const runs: Run[] = [];
    this.runs = runs;
    this.portfolio = new Portfolio(portfolio, first.account.balance, names, (name, shared) => {
      const run = new Run(instruments.find((one) => one.name === name)!.run, shared);
      runs.push(run);
      return run.account;
    });
    const window = portfolio.weights === "inverseVolatility"
      ? portfolio.window ?? DEFAULT_WINDOW
      : undefined;
    this.feeds = instruments.map(({ run }, n) =>
      new MemberFeed(this.portfolio.members[n], runs[n], run, window)
    );
  }

  /**
   * Takes candles, those of each instrument in their order, all of which close behind those taken
   * before; an instrument may have none. Row 0 of the curve is that of the first time; returns how many
   * it has: one for each time at which a candle closes, but for those before the start.
   */
  advance(
    candles: readonly Candles[],
    curve: PortfolioCurve,
    events: PortfolioEvents,
  ): number {
    const { feeds, portfolio } = this, taken: Taken[] = [];
    feeds.forEach((feed, n) => feed.give(candles[n], this.ledger(n, events)));
    let rows = 0;
    for (;;) {
      let time = Infinity;
      for (const feed of feeds) if (feed.nextTime < time) time = feed.nextTime;
      if (time === Infinity) return rows;
      this.checkOrder(time);
      taken.length = 0;
      for (const feed of feeds) {
        const next = feed.nextTime === time ? feed.take() : undefined;
        if (next !== undefined) taken.push(next);
      }
      if (taken.length === 0) continue;
      portfolio.take(taken, time);
      portfolio.mark(curve, rows++, time);
    }
  }

  /** Whether `restore` wants `replay` first, as it does for a run of one of its strategies. */
  get replays(): boolean {
    return this.runs.some((run) => run.replays);
  }

  /** Takes candles again that another run of this spec took before it was saved: see `Run.replay`. */
  replay(candles: readonly Candles[]): void {
    this.runs.forEach((run, n) => run.replays && run.replay(candles[n]));
  }

  /** All that it remembers, as bytes; but see `replays`. */
  save(): Uint8Array {
    const { portfolio, feeds, last } = this;
    return packSnapshot(
      Float64Array.of(last),
      portfolio.save(),
      ...feeds.map((feed) => feed.save()),
    );
  }

  /** Takes over what `save` of a run of the same spec gave; after `replay`, where it `replays`. */
  restore(bytes: Uint8Array): void {
    const { portfolio, feeds } = this;
    const lengths = [1, portfolio.save().length, ...feeds.map((feed) => feed.save().length)];
    const [[last], own, ...members] = unpackSnapshot(bytes, lengths);
    this.last = last;
    portfolio.restore(own);
    feeds.forEach((feed, n) => feed.restore(members[n]));
  }

  /** What the account of the `n`-th instrument tells, by the instrument's name. */
  private ledger(n: number, events: PortfolioEvents): Ledger {
    const { portfolio: { book, members }, runs } = this, instrument = members[n].name;
    const { named } = runs[n].decider;
    const valuesAt = (row: number) =>
      Object.fromEntries(named.map(([name, column]) => [name, column[row]]));
    return {
      signal: (row, signal) => events.signal({ instrument, ...signal, values: valuesAt(row) }),
      refuse: (refusal) => events.refuse({ instrument, ...refusal }),
      fill: (fill) => events.fill({ instrument, ...fill, cash: book.cash }),
      trade: (trade) => events.trade({ instrument, ...trade }),
    };
  }

  private checkOrder(time: number): void {
    if (!(time > this.last)) {
      throw new RangeError(
        `Cannot take candles of ${iso(time)}: ${iso(this.last)} was taken before`,
      );
    }
    this.last = time;
  }
}

/** Refuses a strategy that takes positions in parts, which rebalancing would undo. */
function checkWhole({ name, stops, signals }: Strategy): void {
  const part = STOPS_IN_PARTS.find((it) => stops[it] !== undefined) ??
    SIGNALS_IN_PARTS.find((it) => signals[it] !== undefined);
  if (part === undefined) return;
  throw new InputError(
    `portfolio.rebalance is given, but ${name} has ${part}: bringing a position back to its share ` +
      "would undo what closes or adds a part of it",
  );
}
