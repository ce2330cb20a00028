import type { Lane, LaneOutput } from "./lane.ts";
import type { Arrival } from "./read_trade.ts";
import { SeenIds } from "./seen_ids.ts";

/**
 * The lane of a venue whose ids tell nothing about their order: after every disconnect the stream is
 * held back until what was traded meanwhile has been fetched by time. What an open socket drops shows
 * only beside what REST tells, later.
 */
export class LooseLane implements Lane {
  readonly held: Arrival[] = [];
  /** The time of the exchange when the stream last began. */
  begun = -Infinity;
  private holds: boolean;
  /** Nothing had come when past trades were fetched: the next trade shows whether some were missed. */
  private unproven = false;
  private latest: { id: string; timestamp: number } | undefined;
  private readonly seen = new SeenIds();
  /** Up to this time (UTC milliseconds) what came was compared with what REST tells. */
  private comparedTo: number | undefined;

  /** `since` is the exchange time from which trades are wanted, if older ones than now are. */
  constructor(private readonly output: LaneOutput, private since: number | undefined) {
    this.holds = since !== undefined;
  }

  get isComplete(): boolean {
    return !this.holds;
  }

  get size(): number {
    return this.held.length;
  }

  get newest(): { id: string; timestamp: number } | undefined {
    return this.latest;
  }

  /** From when on trades are to be fetched, the time itself included. */
  get from(): number | undefined {
    return this.latest?.timestamp ?? this.since;
  }

  begin(time: number): void {
    this.since ??= time;
    this.begun = time;
  }

  interrupt(): void {
    this.held.length = 0;
    this.doubt();
  }

  doubt(): void {
    this.holds = this.from !== undefined;
  }

  take(arrival: Arrival): void {
    if (this.unproven && !this.holds) this.holds = !this.seen.has(arrival.trade.id);
    this.unproven = false;
    if (this.holds) this.held.push(arrival);
    else this.pass(arrival);
  }

  /** A trade that was fetched, in order of time. */
  fill(arrival: Arrival): void {
    const { id, timestamp } = arrival.trade, { since = -Infinity } = this;
    if (timestamp >= since && !this.seen.has(id)) this.pass(arrival);
  }

  /** Passes what was held: all that is older was fetched, or is lost. */
  release(): void {
    this.unproven = this.held.length === 0;
    this.holds = false;
    for (const arrival of this.held.splice(0)) {
      if (!this.seen.has(arrival.trade.id)) this.pass(arrival);
    }
  }

  lose(from: number, to: number, reason: string): void {
    this.output.lost(from, Math.max(to, from) + 1, reason);
  }

  /** From when on what came is to be compared with what REST tells. */
  get provenTo(): number | undefined {
    return this.comparedTo ?? this.since;
  }

  /**
   * What REST tells of and the stream has not brought: its id was not seen, as far back as ids are
   * remembered. Where REST's trades are others than the stream's, with other ids or the fills of joined
   * ones, only what is newer than the stream says anything.
   */
  missing(page: readonly Arrival[]): Arrival[] {
    const { since = -Infinity, seen } = this, from = Math.max(since, seen.floor + 1);
    const unseen = page.filter(({ trade: { id, timestamp } }) =>
      timestamp >= from && !seen.has(id)
    );
    const { latest } = this;
    if (!latest) return [];
    return this.isComparable(page)
      ? unseen
      : unseen.filter(({ trade }) => trade.timestamp >= latest.timestamp);
  }

  private isComparable(page: readonly Arrival[]): boolean {
    const known = page.filter(({ trade }) => this.seen.has(trade.id));
    return known.length > 0 && known.every(({ trade: { id, amount } }) => {
      return this.seen.amountOf(id) === amount;
    });
  }

  recover(missing: readonly Arrival[]): boolean {
    const { latest } = this;
    if (!latest || missing.some(({ trade }) => trade.timestamp >= latest.timestamp)) return false;
    for (const arrival of missing) this.pass(arrival);
    return true;
  }

  /** What came up to `time` is what REST tells. */
  prove(time: number): void {
    this.comparedTo = Math.max(this.comparedTo ?? -Infinity, time);
  }

  private pass(arrival: Arrival): void {
    const { trade } = arrival;
    if (!this.latest || trade.timestamp >= this.latest.timestamp) this.latest = trade;
    this.seen.add(trade);
    this.output.pass(arrival);
  }
}
