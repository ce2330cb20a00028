import type { BotStatus } from "../ports/bot_status.ts";
import { type Bus, marketChannel, statusChannel, SYSTEM_CHANNEL } from "../ports/bus.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";
import { FencedError, UnreachableError } from "../ports/store_errors.ts";
import { Bot } from "./bot.ts";
import { messageOf } from "./message_of.ts";
import { restartDelay } from "./restarts.ts";
import { Waker } from "./waker.ts";

/** A bot that nothing woke looks for candles this often, in milliseconds. */
const POLL = 1_000;
/** A bot without anything to decide says so this often, in milliseconds. */
const HEARTBEAT = 5_000;

/** What the bots of one manager share. */
export interface Workplace {
  store: Store;
  bus: Bus;
  clock: Clock;
  log(message: string): void;
  /** Who takes the bots over. */
  owner: string;
  /** Aborts when they are to stop. */
  stopping: AbortSignal;
}

/** Whether a bot is looked after here, still. */
export type WorkerState = "working" | "quarantined" | "taken over";

/** Keeps one bot at work: starts it again after a crash, unless that happens too often. */
export class BotWorker {
  state: WorkerState = "working";
  /** Close time of the last candle that the bot decided. */
  cursor: number | undefined;
  /** Resolves when the bot has stopped, for whatever reason. */
  readonly done: Promise<void>;
  private bot: Bot | undefined;
  /** It was said that the database is away. */
  private waits = false;

  constructor(readonly id: string, private readonly place: Workplace) {
    this.done = this.supervise();
  }

  /** Marks a bot that has stopped as through with its source. */
  async finish(reason: string): Promise<void> {
    if (this.state !== "working" || !this.bot) return;
    // A status has no fence of its own: nothing is said of a bot that is somebody else's by now.
    if (await this.isOurs()) await this.setStatus("finished", reason);
    else this.leave();
  }

  /** Keeps the bot running until it is to stop or may not be restarted any more. */
  private async supervise(): Promise<void> {
    const { stopping } = this.place;
    while (!stopping.aborted && this.state === "working") {
      try {
        await this.work();
      } catch (error) {
        if (error instanceof FencedError) await this.lookWhose();
        else if (error instanceof UnreachableError) await this.standBy(error.message);
        else await this.recover(messageOf(error));
      }
    }
  }

  private async work(): Promise<void> {
    const { store, bus, clock, owner, stopping } = this.place;
    this.bot = undefined;
    const bot = this.bot = await Bot.resume(this.id, owner, store, bus);
    this.cursor = bot.cursor;
    await this.setStatus("running", "");
    const waker = new Waker(clock, stopping), wake = () => waker.wake();
    const unsubscribe = await bus.subscribe(marketChannel(bot.market.symbol), wake, wake);
    try {
      let heartbeat = clock.now();
      while (!stopping.aborted) {
        const decided = await bot.processCandles();
        this.cursor = bot.cursor;
        if (this.waits) this.place.log(`${this.id}: goes on`);
        this.waits = false;
        if (decided > 0) continue;
        if (clock.now() - heartbeat >= HEARTBEAT) {
          heartbeat = clock.now();
          await bot.heartbeat(heartbeat);
        }
        await waker.sleep(POLL);
      }
    } finally {
      await unsubscribe();
    }
  }

  /** Records a crash, and waits until the bot may start again, if it may. */
  private async recover(reason: string): Promise<void> {
    const { store, clock, log, stopping } = this.place;
    try {
      const now = clock.now(), restarts = (await store.bots.find(this.id))?.restarts ?? [];
      const delay = restartDelay(restarts, now);
      if (delay === "quarantine") return await this.quarantine(reason);
      await this.setStatus("crashed", reason);
      await store.bots.recordRestart(this.id, now);
      log(`${this.id}: crashed, starting again in ${delay / 1_000} s: ${reason}`);
      await clock.sleep(delay, stopping);
    } catch (second) {
      await this.standBy(`it crashed (${reason}), and then: ${messageOf(second)}`);
    }
  }

  /**
   * Waits for a database that is away, locked or full: not the bot's fault, so it is not counted as a
   * restart. Said once until it goes on.
   */
  private async standBy(trouble: string): Promise<void> {
    if (!this.waits) this.place.log(`${this.id}: waits for the database: ${trouble}`);
    this.waits = true;
    await this.place.clock.sleep(POLL, this.place.stopping);
  }

  private async quarantine(reason: string): Promise<void> {
    const { bus, log } = this.place;
    await this.setStatus("quarantined", reason);
    this.state = "quarantined";
    log(`${this.id}: crashed again, quarantined: ${reason}`);
    await bus.publish(SYSTEM_CHANNEL, { event: "quarantined", bot: this.id, reason });
  }

  /**
   * Finds out who claimed the bot. A claim of ours whose answer was lost may come late, behind the next
   * one of ours, and then our own epoch is out of date: the bot is claimed once more.
   */
  private async lookWhose(): Promise<void> {
    const { log, clock, stopping } = this.place;
    while (!stopping.aborted) {
      try {
        if (!await this.isOurs()) return this.leave();
        log(`${this.id}: a claim of ours came late, and is made again`);
        return await clock.sleep(POLL, stopping);
      } catch (error) {
        // Until that is known it is not claimed: it may be somebody else's.
        await this.standBy(messageOf(error));
      }
    }
  }

  private async isOurs(): Promise<boolean> {
    const { store, owner } = this.place;
    return (await store.bots.find(this.id))?.owner === owner;
  }

  private leave(): void {
    this.state = "taken over";
    this.place.log(`${this.id}: taken over by another runner`);
  }

  /** Sets the bot's status and tells everyone. */
  private async setStatus(status: BotStatus, reason: string): Promise<void> {
    await this.place.store.bots.setStatus(this.id, status, reason);
    await this.place.bus.publish(statusChannel(this.id), { status, reason });
  }
}
