import type { Clock } from "../../ports/clock.ts";

/** How often something may be done. */
export interface Rate {
  /** At most so often … */
  most: number;
  /** … in so many milliseconds. */
  within: number;
}

/** The most callers that are remembered: those who come behind them share one count. */
const CALLERS = 1_000;

/** Counts what callers do. */
export class RateLimit {
  private readonly counts = new Map<string, number[]>();

  constructor(private readonly clock: Clock, private readonly rate: Rate) {}

  /** How long a caller has to wait before it may do it again, in milliseconds; 0 if it need not. */
  wait(caller: string): number {
    const now = this.clock.monotonic(), { most, within } = this.rate;
    this.forget(now);
    const times = this.counts.get(this.keyOf(caller)) ?? [];
    return times.length < most ? 0 : times[times.length - most] + within - now;
  }

  /** Takes note that a caller did it. */
  note(caller: string): void {
    const key = this.keyOf(caller), times = this.counts.get(key) ?? [];
    this.counts.set(key, [...times, this.clock.monotonic()]);
  }

  private keyOf(caller: string): string {
    return this.counts.has(caller) || this.counts.size < CALLERS ? caller : "";
  }

  private forget(now: number): void {
    for (const [caller, times] of this.counts) {
      const left = times.filter((time) => time > now - this.rate.within);
      if (left.length > 0) this.counts.set(caller, left);
      else this.counts.delete(caller);
    }
  }
}
