import type { Clock } from "../../ports/clock.ts";
import { UnreachableError } from "../../ports/store_errors.ts";

/** How long to wait before something is tried again, in milliseconds. */
const AGAIN = 1_000;

/** Does things again while the server is away, and says so once. */
export class Persistent {
  private isAway = false;

  constructor(
    private readonly note: (line: string) => void,
    private readonly clock: Clock,
    private readonly signal?: AbortSignal,
  ) {}

  /** What `command` gives, as soon as it can. Throws what is no matter of time, and when it is to end. */
  async in<T>(command: () => Promise<T>): Promise<T> {
    for (;;) {
      this.signal?.throwIfAborted();
      try {
        const found = await command();
        if (this.isAway) this.note("It is back");
        this.isAway = false;
        return found;
      } catch (error) {
        if (!(error instanceof UnreachableError)) throw error;
        if (!this.isAway) this.note(`${error.message}. Waiting for it`);
        this.isAway = true;
        await this.clock.sleep(AGAIN, this.signal);
      }
    }
  }
}
