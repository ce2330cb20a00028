import type { Clock } from "../../ports/clock.ts";
import type { Store } from "../../ports/store.ts";
import { systemClock } from "../system_clock.ts";
import { Waker } from "../waker.ts";

/** How a runner holds its bots. */
export interface LeaseSettings {
  /** One that says nothing for so long may lose its bots to others, in milliseconds. */
  ms: number;
  /** Leases end by the database's clock: so this one is the machine's, whatever the bots go by. */
  clock: Clock;
  /** Whether the runner has its share of all bots that trade live. */
  shares?: boolean;
}

/** Bots of a runner that died or froze move in ten seconds or so: a lease, and until others look. */
export const LEASES: LeaseSettings = { ms: 8_000, clock: systemClock };

/** How often in its time a lease is renewed, and how often a runner looks for others' bots meanwhile. */
const BEATS = 4;

/** Keeps a runner's lease while it is alive. */
export class Leases {
  /** What the runner is called in the store. */
  readonly owner: string = crypto.randomUUID();
  private keeping: Promise<void> | undefined;
  private looking: Promise<void> | undefined;
  /** The beat in which it was looked last. */
  private beat: number | undefined;

  private readonly waker: Waker;

  /**
   * `look` is called after each renewal, and told whether this look is the first one of its beat: a runner
   * that is woken looks in between, too, as often as people ask something. `stopping` ends it all.
   */
  constructor(
    private readonly store: Store,
    readonly settings: LeaseSettings,
    private readonly stopping: AbortSignal,
    private readonly look: (isBeat: boolean) => Promise<void>,
  ) {
    this.waker = new Waker(settings.clock, stopping);
  }

  /** Begins to keep the lease, if that is not being done; a runner that shares does so at once. */
  begin(): void {
    if (this.settings.shares && !this.keeping) this.wake();
    this.keeping ??= this.keep();
  }

  /** Has it renewed, and looked, at once. */
  wake(): void {
    this.waker.wake();
  }

  /** Lets others have the bots at once. To be called when nothing more is written of them. */
  async end(): Promise<void> {
    await this.keeping;
    await this.looking;
    await this.attempt(() => this.store.bots.release(this.owner));
  }

  private async keep(): Promise<void> {
    const { ms, shares } = this.settings;
    for (;;) {
      await this.waker.sleep(ms / BEATS);
      if (this.stopping.aborted) return;
      await this.attempt(async () => {
        await this.store.bots.renew(this.owner, ms, shares);
        // The lease does not wait for what is done about the bots.
        this.looking ??= this.attempt(() => this.look(this.beats()))
          .finally(() => this.looking = undefined);
      });
    }
  }

  /** Whether a beat has begun since it was asked last. */
  private beats(): boolean {
    const { clock, ms } = this.settings, beat = Math.floor(clock.monotonic() / (ms / BEATS));
    const isNew = beat !== this.beat;
    this.beat = beat;
    return isNew;
  }

  /** A store that fails is told of by the bots; a lease that is not renewed or ended ends by itself. */
  private async attempt(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch {
      // The next beat tries again.
    }
  }
}
