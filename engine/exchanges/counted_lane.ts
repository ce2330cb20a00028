import { HeldTrades, numbered } from "./held_trades.ts";
import type { Lane, LaneOutput } from "./lane.ts";
import type { Arrival } from "./read_trade.ts";
import { Skipped, type SkippedIds } from "./skipped_ids.ts";
import { StreamDoubt } from "./stream_doubt.ts";
import { type IdNumber, idPlus, type MissingIds, type Reached } from "./trade_ids.ts";

/**
 * The lane of a venue that numbers its trades one by one: trades are passed in the order of their
 * numbers, and one that does not follow the last waits until the hole before it is filled. It costs
 * nothing while the stream is whole, and no hole goes unseen, with a disconnect or without.
 */
export class CountedLane implements Lane {
  private readonly held = new HeldTrades();
  private reached: Reached | undefined;
  private readonly stream: StreamDoubt;
  private readonly skipped: Skipped;

  /** `since` is the exchange time from which trades are wanted, if older ones than now are. */
  constructor(private readonly output: LaneOutput, private since: number | undefined) {
    this.stream = new StreamDoubt(since !== undefined);
    this.skipped = new Skipped(({ from, to }) => output.found(from, endOf(from, to)));
  }

  get isComplete(): boolean {
    return !this.stream.isOpen && this.held.size === 0;
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
    this.stream.begin(time);
  }

  interrupt(forget: boolean): void {
    // What is kept need not be fetched: numbers show the holes in it.
    if (forget) this.held.clear();
    this.doubt();
  }

  doubt(): void {
    this.stream.raise(this.reached !== undefined || this.since !== undefined);
  }

  /** A page of what is missing has come. */
  asked(): void {
    this.stream.wasAsked = true;
  }

  /** Gives up what is wanted from before the stream began, where nothing of it can be fetched. */
  loseBeginning(reason: string): void {
    if (this.held.size > 0) return this.lose(reason);
    const { since, stream: { begun } } = this;
    if (this.reached || since === undefined || since >= begun) return;
    this.output.lost(since, begun, reason);
    this.since = begun;
  }

  /** Nothing newer was known to the exchange: whatever comes now comes through the stream. */
  settle(): void {
    if (this.held.size === 0) this.stream.settle();
  }

  take(arrival: Arrival): void {
    const held = numbered(arrival);
    if (!held) return this.takeUncounted(arrival);
    const { first, number } = held;
    if (!this.reached) {
      if (this.stream.isOpen) this.held.add(held);
      else this.passOn(arrival, number);
    } else if (number <= this.reached.number) {
      // Late or twice; the reader knows by its id.
      if (this.skipped.isWhole(first, number)) this.passSkipped(arrival, first, number);
    } else if (first > idPlus(this.reached.number, 1)) {
      this.held.add(held);
    } else if (first <= this.reached.number) {
      // Part of it was fetched singly: the rest has to be, too.
      this.stream.reopen();
    } else {
      this.passOn(arrival, number);
      if (this.held.size > 0) this.passHeld();
      // What follows the last one at the beginning may be of a list of old trades.
      if (this.stream.wasAsked) this.settle();
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
    const { wasAsked } = this.stream;
    this.stream.wasAsked = false;
    this.take(arrival);
    this.stream.wasAsked = wasAsked;
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
    return !this.reached || this.stream.covers(this.reached.timestamp);
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
    const { since, stream } = this, { timestamp } = arrival.trade;
    if (!this.reached && stream.isOpen && since !== undefined && since <= timestamp) {
      this.output.lost(since, timestamp + 1, "its trades are not numbered");
    }
    if (!this.reached) stream.giveUp();
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
      if (first <= last) this.stream.reopen();
      else this.passOn(arrival, number);
    }
  }
}

/** The end of what may be missing between trades of these times: those of the last one may be, too. */
function endOf(from: number, to: number): number {
  return Math.max(from, to) + 1;
}
