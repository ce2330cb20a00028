import type { Clock } from "../ports/clock.ts";

/** Sleeps until woken; a wake that comes between two sleeps ends the next one at once. */
export class Waker {
  private woken = false;
  private current = new AbortController();

  constructor(private readonly clock: Clock, private readonly stopping: AbortSignal) {}

  wake(): void {
    this.woken = true;
    this.current.abort();
  }

  async sleep(milliseconds: number): Promise<void> {
    if (!this.woken) {
      this.current = new AbortController();
      const either = AbortSignal.any([this.current.signal, this.stopping]);
      await this.clock.sleep(milliseconds, either);
    }
    this.woken = false;
  }
}
