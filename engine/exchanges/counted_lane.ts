import { HeldTrades, numbered } from "./held_trades.ts";
import type { Lane, LaneOutput } from "./lane.ts";
import type { Arrival } from "./read_trade.ts";
import { Skipped, type SkippedIds } from "./skipped_ids.ts";
import { type IdNumber, idPlus, type MissingIds, type Reached } from "./trade_ids.ts";

/** Clocks and the time at which a stream began are right to this, in milliseconds. */
const MARGIN = 2_000;

/**
 * The lane of a venue that numbers its trades one by one: trades are passed in the order of their
 * numbers, and one that does not follow the last waits until the hole before it is filled. It costs
 * nothing while the stream is whole, and no hole goes unseen, with a disconnect or without.
 */
export class CountedLane implements Lane {
  private readonly held = new HeldTrades();
  private reached: Reached | undefined;
  /** The stream may have missed trades of which it has shown no hole. */
  private inDoubt: boolean;
  /** Whether the stream was cut, or could not be read, since it was last whole. */
  private isCut = false;
  /** The exchange was asked for what is missing since then. */
  private wasAsked = false;
  /** The time of the exchange when the stream last began. */
  private begun = -Infinity;
  private readonly skipped: Skipped;

  /** `since` is the exchange time from which trades are wanted, if older ones than now are. */
  constructor(private readonly output: LaneOutput, private since: number | undefined) {
    this.inDoubt = since !== undefined;
    this.skipped = new Skipped(({ from, to }) => output.found(from, endOf(from, to)));
  }

  get isComplete(): boolean {
    return !this.inDoubt && this.held.size === 0;
  }

  get size(): number {
    return this.held.size;
  }

  get newest(): Reached | undefined {
    return this.reached;
  }

  /** The time from which trades are wanted, while no trade is known from which to count. */
  get wantedSince(): number | undefined {
    return this.reached ? undefined : this.since;
  }

  /** The first trade that is held back. */
  get firstHeld(): Arrival | undefined {
    return this.held.first?.arrival;
  }

  begin(time: number): void {
    if (!this.reached) this.since ??= time;
    this.begun = time;
  }

  interrupt(forget: boolean): void {
    // What is kept need not be fetched: numbers show the holes in it.
    if (forget) this.held.clear();
    this.doubt();
  }

  doubt(): void {
    this.inDoubt = this.reached !== undefined || this.since !== undefined;
    this.isCut = true;
    this.wasAsked = false;
  }

  /** A page of what is missing has come. */
  asked(): void {
    this.wasAsked = true;
  }

  /** Gives up what is wanted from before the stream began, where nothing of it can be fetched. */
  loseBeginning(reason: string): void {
    if (this.held.size > 0) return this.lose(reason);
    if (this.reached || this.since === undefined || this.since >= this.begun) return;
    this.output.lost(this.since, this.begun, reason);
    this.since = this.begun;
  }

  /** Nothing newer was known to the exchange: whatever comes now comes through the stream. */
  settle(): void {
    if (this.held.size > 0) return;
    this.inDoubt = this.isCut = this.wasAsked = false;
  }

  take(arrival: Arrival): void {
    const held = numbered(arrival);
    if (!held) return this.takeUncounted(arrival);
    const { first, number } = held;
    if (!this.reached) {
      if (this.inDoubt) this.held.add(held);
      else this.passOn(arrival, number);
    } else if (number <= this.reached.number) {
      // Late or twice; the reader knows by its id.
      if (this.skipped.isWhole(first, number)) this.passSkipped(arrival, first, number);
    } else if (first > idPlus(this.reached.number, 1)) {
      this.held.add(held);
    } else if (first <= this.reached.number) {
      // Part of it was fetched singly: the rest has to be, too.
      this.inDoubt = true;
    } else {
      this.passOn(arrival, number);
      if (this.held.size > 0) this.passHeld();
      // What follows the last one at the beginning may be of a list of old trades.
      if (this.wasAsked && this.held.size === 0) this.settle();
    }
  }

  /** A trade that was fetched: only what is still wanted is passed. */
  fill(arrival: Arrival): void {
    const held = numbered(arrival);
    if (!held) return;
    if (this.reached && held.number <= this.reached.number) {
      const { number } = held;
      if (this.skipped.isWanted(number)) this.passSkipped(arrival, number, number);
      return;
    }
    this.held.replace(held);
    const { wasAsked } = this;
    this.wasAsked = false;
    this.take(arrival);
    this.wasAsked = wasAsked;
  }

  missing(page: readonly Arrival[]): Arrival[] {
    const { reached } = this;
    if (!reached) return [];
    return page.filter((arrival) => (numbered(arrival)?.number ?? reached.number) > reached.number);
  }

  /** Holes show by themselves: what is missing here is newer than all that came. */
  recover(): boolean {
    return false;
  }

  prove(): void {}

  /** Begins to count behind this trade, which itself is not passed. */
  countFrom(id: IdNumber, timestamp: number): void {
    this.reached = { id: `${id}`, number: id, timestamp };
    this.passHeld();
  }

  /** Begins to count behind this id: what was wanted from before `timestamp` on is not to be had. */
  startAt(id: IdNumber, timestamp: number): void {
    const { since } = this;
    if (since !== undefined && since <= timestamp) {
      this.output.lost(since, timestamp + 1, "the exchange does not give trades this old");
    }
    this.countFrom(id, since ?? timestamp);
  }

  /** What the exchange did not give, and may have by now. */
  get kept(): readonly SkippedIds[] {
    return this.reached ? this.skipped.at(this.reached.timestamp) : [];
  }

  /** Whether what is missing was traded while nobody heard, as far as that can be told. */
  get isUnseen(): boolean {
    return this.isCut || !this.reached || this.reached.timestamp <= this.begun + MARGIN;
  }

  /** What has to be fetched, if anything. */
  hole(): MissingIds | undefined {
    if (!this.reached || this.isComplete) return undefined;
    const { first: next } = this.held, to = next && idPlus(next.first, -1);
    return { from: idPlus(this.reached.number, 1), to };
  }

  /**
   * Gives up what is missing before the first trade that is held: as lost, since there are trades of these
   * numbers, as far as anyone knows. If the exchange kept them back and shows them later, they are found.
   */
  lose(reason: string): void {
    const { first: next } = this.held, { reached } = this;
    if (!next) return;
    const { timestamp: to } = next.arrival.trade, from = reached?.timestamp ?? this.since ?? to;
    this.output.lost(from, endOf(from, to), reason);
    const last = idPlus(next.first, -1);
    if (reached) this.skipped.add({ first: idPlus(reached.number, 1), last, from, to });
    this.countFrom(last, from);
  }

  /** Passes the first trade that is held, and does not count from it: its number is none of these. */
  passUncounted(): void {
    const held = this.held.shift();
    if (held) this.output.pass(held.arrival);
  }

  private takeUncounted(arrival: Arrival): void {
    const { timestamp } = arrival.trade;
    if (!this.reached && this.inDoubt && this.since !== undefined && this.since <= timestamp) {
      this.output.lost(this.since, timestamp + 1, "its trades are not numbered");
    }
    if (!this.reached) this.inDoubt = false;
    this.output.pass(arrival);
  }

  private passSkipped(arrival: Arrival, first: IdNumber, last: IdNumber): void {
    this.output.pass(arrival);
    this.skipped.take(first, last);
  }

  private passOn(arrival: Arrival, number: IdNumber): void {
    const { trade: { id, timestamp } } = arrival, { reached } = this;
    this.reached = {
      id,
      number,
      timestamp: reached && reached.timestamp > timestamp ? reached.timestamp : timestamp,
    };
    this.output.pass(arrival);
  }

  private passHeld(): void {
    for (let held = this.held.first; held; held = this.held.first) {
      const { number: last } = this.reached!, { arrival, first, number } = held;
      if (first > idPlus(last, 1)) return;
      this.held.shift();
      if (number <= last) continue;
      if (first <= last) this.inDoubt = true;
      else this.passOn(arrival, number);
    }
  }
}

/** The end of what may be missing between trades of these times: those of the last one may be, too. */
function endOf(from: number, to: number): number {
  return Math.max(from, to) + 1;
}
