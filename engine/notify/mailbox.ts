import type { Clock } from "../ports/clock.ts";
import type { ReceiverStanding } from "../ports/receiver_standing.ts";
import type { Tell } from "../ports/tell.ts";
import { deliver } from "./deliver.ts";
import { type Deliveries, deliveries } from "./deliveries.ts";
import { type Happening, isTold, type Message } from "./happening.ts";
import type { Receiver } from "./receivers/receiver.ts";

/** What happens so close together is told at once, in milliseconds. */
const GATHERING = 1_000, MINUTE = 60_000;

/** So many happenings wait at most; those that come then are counted. */
export const MOST_WAITING = 100;

/** How often one message is tried, and how long it waits the first time; each time twice as long. */
const TRIES = 8, FIRST_WAIT = 1_000;

/** Why what waited when the process ended was not told. */
const ENDED = "the process ended";

/** What a mailbox needs. */
export interface MailboxPlace {
  clock: Clock;
  log: Tell;
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
  private readonly deliveries: Deliveries;
  private readonly haste = new AbortController();
  /** Ends waiting that is for politeness or to gather more. */
  private readonly hurry: AbortSignal;

  constructor(private readonly receiver: Receiver, private readonly place: MailboxPlace) {
    this.deliveries = deliveries(receiver.name, place);
    this.hurry = AbortSignal.any([place.stop, this.haste.signal]);
  }

  /** How it goes. */
  get standing(): ReceiverStanding {
    return this.deliveries.standing;
  }

  /** Takes what the receiver wants to know. Returns at once; whatever fails is logged. */
  put(happenings: readonly Happening[]): void {
    const wanted = happenings.filter(({ kind }) => isTold(kind, this.receiver.level));
    const room = MOST_WAITING - this.waiting.length, over = Math.max(0, wanted.length - room);
    this.waiting.push(...wanted.slice(0, room));
    this.leftOut += over;
    if (over > 0) this.deliveries.lost(over, `more than ${MOST_WAITING} wait`);
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

  /**
   * Sends what waits now, in one message, however many requests there were in this minute: nothing will
   * come any more. One that failed is tried once more at once, unless the receiver named a time.
   */
  hasten(): void {
    this.haste.abort();
  }

  /** Resolves once nothing waits, or all was stopped. */
  async settled(): Promise<void> {
    while (this.emptying) await this.emptying;
  }

  /** Counts what will not be told any more, and says so. */
  async end(): Promise<void> {
    await this.settled();
    if (this.waiting.length > 0) this.deliveries.lost(this.waiting.length, ENDED);
    this.waiting = [];
    this.deliveries.end();
  }

  private async empty(): Promise<void> {
    const { clock, stop } = this.place;
    while (this.waiting.length > 0 && !stop.aborted) {
      await clock.sleep(GATHERING, this.hurry);
      await this.turn();
      if (stop.aborted) break;
      const message = { happenings: this.waiting, leftOut: this.leftOut };
      [this.waiting, this.leftOut] = [[], 0];
      await this.tell(message);
    }
  }

  /** Waits until one more request is allowed. */
  private async turn(): Promise<void> {
    const { clock, perMinute } = this.place;
    for (;;) {
      const now = clock.monotonic();
      this.sent = this.sent.filter((at) => now - at < MINUTE);
      if (this.sent.length < perMinute || this.hurry.aborted) return;
      await clock.sleep(this.sent[0] + MINUTE - now, this.hurry);
    }
  }

  private async tell(message: Message): Promise<void> {
    const { clock, stop } = this.place, telling = this.receiver.telling(message);
    const count = message.happenings.length;
    for (let tried = 1, wait = FIRST_WAIT; !stop.aborted; tried++, wait *= 2) {
      await this.turn();
      if (stop.aborted) break;
      this.sent.push(clock.monotonic());
      const found = await deliver(telling, clock, stop);
      if (found.outcome === "taken") return this.deliveries.taken(count);
      if (stop.aborted) break;
      this.deliveries.failed(found.detail);
      if (found.outcome === "refused" || tried === TRIES) {
        this.deliveries.lost(count, found.detail);
        this.leftOut += count + message.leftOut;
        return;
      }
      const isBound = found.wait > 0 || this.haste.signal.aborted;
      await clock.sleep(Math.max(wait, found.wait), isBound ? stop : this.hurry);
    }
    this.deliveries.lost(count, ENDED);
  }
}
