import { BotShift } from "./bot_shift.ts";
import { StallWatch } from "./stall_watch.ts";

/** A bot that had to be dropped, since it did not get on. */
export class StalledError extends Error {}

/** A shift that can be ended from outside, whatever it waits for. */
export class WatchedShift extends BotShift {
  private readonly stalls = new StallWatch();
  /** It works, or tries to. */
  isLive = false;
  private readonly failed = Promise.withResolvers<never>();

  /** Works until everything is to stop or the shift is dropped. Throws what the bot throws, and a `StalledError`. */
  override async run(): Promise<void> {
    this.isLive = true;
    const running = super.run();
    try {
      await Promise.race([running, this.failed.promise]);
    } finally {
      this.isLive = false;
      this.drop();
      // Nobody waits for what it comes to.
      running.catch(() => {});
      this.failed.promise.catch(() => {});
    }
  }

  /** Told regularly whether candles wait for the bot: one that does not get on although they do has stalled. */
  look(isBehind: boolean): void {
    if (!this.stalls.look(this, isBehind)) return;
    this.stalls.forget();
    this.failed.reject(new StalledError("it does not get on, although candles wait for it"));
  }

  /** Begins to look anew: there was a reason not to get on. */
  forgive(): void {
    this.stalls.forget();
  }
}
