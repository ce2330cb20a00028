import type { Clock } from "../ports/clock.ts";
import { deliver } from "./deliver.ts";
import { type Happening, isTold, type Message } from "./happening.ts";
import type { Receiver } from "./receivers/receiver.ts";

/** What happens so close together is told at once, in milliseconds. */
const GATHERING = 1_000, MINUTE = 60_000;

/** So many happenings wait at most; those that come then are counted. */
export const MOST_WAITING = 100;

/** How often one message is tried, and how long it waits the first time; each time twice as long. */
const TRIES = 8, FIRST_WAIT = 1_000;

/** What a mailbox needs. */
export interface MailboxPlace {
  clock: Clock;
  log: (message: string) => void;
  stop: AbortSignal;
  /** Requests in a minute at most, tries that failed among them. */
  perMinute: number;
}

/** The happenings that one receiver is still to be told. */
export class Mailbox {
  private waiting: Happening[] = [];
  private leftOut = 0;
  private sent: number[] = [];
  private emptying: Promise<void> | undefined;

  constructor(private readonly receiver: Receiver, private readonly place: MailboxPlace) {}

  /** Takes what the receiver wants to know. Returns at once; whatever fails is logged. */
  put(happenings: readonly Happening[]): void {
    const wanted = happenings.filter(({ kind }) => isTold(kind, this.receiver.level));
    const room = MOST_WAITING - this.waiting.length;
    this.waiting.push(...wanted.slice(0, room));
    this.leftOut += Math.max(0, wanted.length - room);
    if (this.waiting.length > 0) {
      this.emptying ??= this.empty()
        .catch((error) => this.place.log(`notify: ${this.receiver.name}: ${error}`))
        .finally(() => {
          this.emptying = undefined;
          // It may have come when the loop had ended.
          if (!this.place.stop.aborted) this.put([]);
        });
    }
  }

  /** Resolves once nothing waits, or all was stopped. */
  async settled(): Promise<void> {
    await this.emptying;
  }

  private async empty(): Promise<void> {
    const { clock, stop } = this.place;
    while (this.waiting.length > 0 && !stop.aborted) {
      await clock.sleep(GATHERING, stop);
      await this.turn();
      if (stop.aborted) break;
      const message = { happenings: this.waiting, leftOut: this.leftOut };
      [this.waiting, this.leftOut] = [[], 0];
      await this.tell(message);
    }
  }

  /** Waits until one more request is allowed. */
  private async turn(): Promise<void> {
    const { clock, stop, perMinute } = this.place;
    for (;;) {
      const now = clock.monotonic();
      this.sent = this.sent.filter((at) => now - at < MINUTE);
      if (this.sent.length < perMinute || stop.aborted) return;
      await clock.sleep(this.sent[0] + MINUTE - now, stop);
    }
  }

  private async tell(message: Message): Promise<void> {
    const { clock, log, stop } = this.place, telling = this.receiver.telling(message);
    for (let tried = 1, wait = FIRST_WAIT; !stop.aborted; tried++, wait *= 2) {
      await this.turn();
      if (stop.aborted) return;
      this.sent.push(clock.monotonic());
      const found = await deliver(telling, clock, stop);
      if (found.outcome === "taken" || stop.aborted) return;
      if (found.outcome === "refused" || tried === TRIES) {
        const lost = message.happenings.length;
        log(`notify: ${this.receiver.name} was not told of ${lost} happenings: ${found.detail}`);
        this.leftOut += lost + message.leftOut;
        return;
      }
      await clock.sleep(Math.max(wait, found.wait), stop);
    }
  }
}
