import type { FeedEvent, FoundSpan, LostSpan } from "../ports/feed.ts";

/** What is taken from a queue at once: what was lost comes before the trades, what was found behind. */
export interface QueueBatch {
  events: FeedEvent[];
  lost: LostSpan[];
  found: FoundSpan[];
}

/**
 * Trades on their way to a reader who may be slow. It never drops one: whoever fills it asks `isFull`
 * and stops, and goes on when `room` says so.
 */
export class TradeQueue {
  private batches: QueueBatch[] = [];
  private count = 0;
  private full = false;
  private wake: (() => void) | undefined;
  private readonly waiting = new Set<() => void>();

  constructor(private readonly limit: number) {}

  get size(): number {
    return this.count;
  }

  /** From the moment it has reached its limit until half of it was read. */
  get isFull(): boolean {
    return this.full;
  }

  push(event: FeedEvent): void {
    const last = this.batches.at(-1) ?? this.next();
    last.events.push(event);
    if (++this.count >= this.limit) this.full = true;
    this.notify();
  }

  pushLost(span: LostSpan): void {
    const last = this.batches.at(-1);
    // What is lost is told before anything newer, and not before what is older.
    const isFirst = last && last.events.length + last.found.length === 0;
    (isFirst ? last : this.next()).lost.push(span);
    this.notify();
  }

  pushFound(span: FoundSpan): void {
    (this.batches.at(-1) ?? this.next()).found.push(span);
    this.notify();
  }

  private next(): QueueBatch {
    const batch = { events: [], lost: [], found: [] };
    this.batches.push(batch);
    return batch;
  }

  /** The oldest batch, if there is any. */
  take(): QueueBatch | undefined {
    const batch = this.batches.shift();
    if (!batch) return undefined;
    this.count -= batch.events.length;
    if (this.full && this.count <= this.limit / 2) {
      this.full = false;
      for (const done of this.waiting) done();
      this.waiting.clear();
    }
    return batch;
  }

  /** Whether it holds nothing. */
  get isEmpty(): boolean {
    return this.batches.length === 0;
  }

  /** Resolves when there is something to take, or when `signal` aborts. */
  filled(signal: AbortSignal): Promise<void> {
    if (!this.isEmpty || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        signal.removeEventListener("abort", done);
        this.wake = undefined;
        resolve();
      };
      this.wake = done;
      signal.addEventListener("abort", done);
    });
  }

  /** Resolves when it is not full, or when `signal` aborts. */
  room(signal: AbortSignal): Promise<void> {
    if (!this.full || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        signal.removeEventListener("abort", done);
        this.waiting.delete(done);
        resolve();
      };
      this.waiting.add(done);
      signal.addEventListener("abort", done);
    });
  }

  private notify(): void {
    this.wake?.();
  }
}
