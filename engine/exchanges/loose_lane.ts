import type { Lane, LaneOutput } from "./lane.ts";
import type { Arrival } from "./read_trade.ts";

/** So many ids are remembered, to know twice what comes twice. */
const REMEMBERED = 4_096;

/**
 * The lane of a venue whose ids tell nothing about their order: after every disconnect the stream is
 * held back until what was traded meanwhile has been fetched by time.
 */
export class LooseLane implements Lane {
  readonly held: Arrival[] = [];
  /** The time of the exchange when the stream last began. */
  begun = -Infinity;
  private holds: boolean;
  /** Nothing had come when past trades were fetched: the next trade shows whether some were missed. */
  private unproven = false;
  private latest: { id: string; timestamp: number } | undefined;
  private recent = new Set<string>();
  private older = new Set<string>();

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
    if (this.unproven && !this.holds) this.holds = !this.isRecent(arrival.trade.id);
    this.unproven = false;
    if (this.holds) this.held.push(arrival);
    else this.pass(arrival);
  }

  /** A trade that was fetched, in order of time. */
  fill(arrival: Arrival): void {
    const { id, timestamp } = arrival.trade, { since = -Infinity } = this;
    if (timestamp >= since && !this.isRecent(id)) this.pass(arrival);
  }

  /** Passes what was held: all that is older was fetched, or is lost. */
  release(): void {
    this.unproven = this.held.length === 0;
    this.holds = false;
    for (const arrival of this.held.splice(0)) {
      if (!this.isRecent(arrival.trade.id)) this.pass(arrival);
    }
  }

  lose(from: number, to: number, reason: string): void {
    this.output.lost(from, Math.max(to, from) + 1, reason);
  }

  knows({ trade: { id, timestamp } }: Arrival): boolean {
    return this.isRecent(id) || !this.latest || timestamp < this.latest.timestamp;
  }

  private isRecent(id: string): boolean {
    return this.recent.has(id) || this.older.has(id);
  }

  private pass(arrival: Arrival): void {
    const { id, timestamp } = arrival.trade;
    if (!this.latest || timestamp >= this.latest.timestamp) this.latest = arrival.trade;
    if (this.recent.size >= REMEMBERED) {
      this.older = this.recent;
      this.recent = new Set();
    }
    this.recent.add(id);
    this.output.pass(arrival);
  }
}
