import type { Clock } from "../../engine/ports/clock.ts";

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  private readonly sleepers = new Set<{ at: number; wake(): void }>();

  constructor(private time = Date.UTC(2024, 7, 8, 12)) {}

  now(): number {
    return this.time;
  }

  monotonic(): number {
    return this.time;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const sleeper = {
        at: this.time + milliseconds,
        wake: () => {
          this.sleepers.delete(sleeper);
          signal?.removeEventListener("abort", sleeper.wake);
          resolve();
        },
      };
      this.sleepers.add(sleeper);
      signal?.addEventListener("abort", sleeper.wake);
    });
  }

  /** Lets time pass; wakes who has slept long enough. */
  advance(milliseconds: number): void {
    this.time += milliseconds;
    for (const sleeper of [...this.sleepers]) if (sleeper.at <= this.time) sleeper.wake();
  }

  /** How many sleep now. */
  get sleeping(): number {
    return this.sleepers.size;
  }
}
