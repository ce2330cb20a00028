import { AT_WORK, type BotStatus } from "../ports/bot_status.ts";
import { marketChannel, statusChannel, SYSTEM_CHANNEL } from "../ports/bus.ts";
import type { BotWish } from "../ports/bot_wishes.ts";
import { EndedError, FencedError, LeasedError, UnreachableError } from "../ports/store_errors.ts";
import { Bot } from "./bot.ts";
import { messageOf } from "./message_of.ts";
import { restartDelay } from "./restarts.ts";
import { Waker } from "./waker.ts";
import type { WorkerState, Workplace } from "./workplace.ts";

/** A bot that nothing woke looks for candles this often, in milliseconds. */
const POLL = 1_000;
/** A bot without anything to decide says so this often, in milliseconds. */
const HEARTBEAT = 5_000;

/** Keeps one bot at work: starts it again after a crash, unless that happens too often. */
export class BotWorker {
  state: WorkerState = "working";
  /** Close time of the last candle that the bot decided. */
  cursor: number | undefined;
  /** Resolves when the bot has stopped, for whatever reason. */
  readonly done: Promise<void>;
  private bot: Bot | undefined;
  private waker: Waker | undefined;
  /** Somebody else may have it. */
  private isDoubted = false;
  /** It was said that the database is away. */
  private waits = false;

  /** The market for whose candles it waited when that was last looked at, and where it was. */
  private lacks: { symbol: string; cursor: number | undefined } | undefined;
  /** Where it was when that was said last. */
  private toldOf: number | undefined = NaN;

  /** The one under which the bot was claimed here last; 0 before that. */
  private epoch = 0;

  /** `starts` says whether the bot is started if it is not at work. */
  constructor(
    readonly id: string,
    private readonly place: Workplace,
    private starts: boolean,
  ) {
    this.done = this.supervise();
  }

  /** Marks a bot that has stopped as through with its source. */
  async finish(reason: string): Promise<void> {
    for (let again = false; this.state === "working" && this.bot; again = true) {
      try {
        // A claim of ours came late.
        if (again) await this.claim();
        return await this.setStatus("finished", reason);
      } catch (error) {
        if (error instanceof FencedError) await this.isOurs();
        else if (error instanceof UnreachableError) throw error;
        else await this.take(error);
      }
    }
  }

  /** Takes note of what people ask of the bot: all that is still open. */
  hear(wishes: readonly BotWish[]): void {
    if (!this.bot) return;
    this.bot.hear(wishes);
    this.waker?.wake();
  }

  /** Has the bot look whether it is ours, still. */
  doubt(): void {
    this.isDoubted = true;
    this.waker?.wake();
  }

  /** Takes note that somebody else has ended the bot. */
  end(status: BotStatus, reason: string): void {
    this.state = "ended";
    this.place.log(`${this.id}: ${status}${reason && `: ${reason}`}`);
  }

  /** Keeps the bot running until it is to stop or may not be restarted any more. */
  private async supervise(): Promise<void> {
    const { stopping } = this.place;
    while (!stopping.aborted && this.state === "working") {
      try {
        await this.work();
      } catch (error) {
        await this.take(error);
      }
    }
  }

  /** Does what is to be done about an error. */
  private async take(error: unknown): Promise<void> {
    if (error instanceof FencedError) await this.lookWhose();
    else if (error instanceof LeasedError) this.leave("another runner has it");
    else if (error instanceof EndedError) this.end(error.status, error.reason);
    else if (error instanceof UnreachableError) await this.standBy(error.message);
    else await this.recover(messageOf(error));
  }

  private async claim(): Promise<void> {
    const { store, claim } = this.place;
    this.epoch = await store.bots.claim(this.id, { ...claim, starts: this.starts });
    // Whoever stops it from now on means it.
    this.starts = false;
  }

  private async work(): Promise<void> {
    const { store, bus, clock, stopping } = this.place;
    this.bot = undefined;
    await this.claim();
    await store.bots.heartbeat(this.id, this.epoch, clock.now());
    const bot = this.bot = await Bot.resume(this.id, this.epoch, store, bus);
    this.cursor = bot.cursor;
    await this.sayStanding(bot);
    const waker = this.waker = new Waker(clock, stopping), wake = () => waker.wake();
    const channels = bot.markets.map(({ symbol }) => marketChannel(symbol));
    const subscriptions = await Promise.all(
      channels.map((channel) => bus.subscribe(channel, wake, wake)),
    );
    try {
      let heartbeat = clock.now();
      while (!stopping.aborted) {
        const decided = await bot.processCandles();
        this.cursor = bot.cursor;
        if (this.waits) this.place.log(`${this.id}: goes on`);
        this.waits = false;
        if (decided > 0) continue;
        if (this.isDoubted || clock.now() - heartbeat >= HEARTBEAT) {
          this.isDoubted = false;
          heartbeat = clock.now();
          await bot.heartbeat(heartbeat);
          await this.tellWaiting(bot);
        }
        await waker.sleep(POLL);
      }
    } finally {
      for (const unsubscribe of subscriptions) await unsubscribe();
    }
  }

  /** Says, once, that the bot has waited for another market's candles since the last time. */
  private async tellWaiting(bot: Bot): Promise<void> {
    const { cursor, lacks } = this, symbol = await bot.waitsFor();
    this.lacks = symbol === undefined ? undefined : { symbol, cursor };
    if (symbol === undefined || lacks?.symbol !== symbol || lacks.cursor !== cursor) return;
    if (this.toldOf === cursor) return;
    this.toldOf = cursor;
    this.place.log(`${this.id}: waits for the candles of ${symbol}`);
  }

  /** Records a crash, and waits until the bot may start again, if it may. */
  private async recover(reason: string): Promise<void> {
    const { store, clock, log, stopping } = this.place;
    try {
      const now = clock.now(), restarts = (await store.bots.find(this.id))?.restarts ?? [];
      const delay = restartDelay(restarts, now);
      if (delay === "quarantine") return await this.quarantine(reason);
      await this.setStatus("crashed", reason);
      await store.bots.recordRestart(this.id, this.epoch, now);
      log(`${this.id}: crashed, starting again in ${delay / 1_000} s: ${reason}`);
      await clock.sleep(delay, stopping);
    } catch (second) {
      if (second instanceof FencedError) return await this.lookWhose();
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
        if (!await this.isOurs()) return;
        log(`${this.id}: a claim of ours came late, and is made again`);
        return await clock.sleep(POLL, stopping);
      } catch (error) {
        // Until that is known it is not claimed: it may be somebody else's.
        await this.standBy(messageOf(error));
      }
    }
  }

  /** Whether the bot is ours, still; if not, takes note of where it is. */
  private async isOurs(): Promise<boolean> {
    const { store, claim } = this.place, bot = await store.bots.find(this.id);
    if (bot?.owner === claim.owner) return true;
    if (!bot || AT_WORK.includes(bot.status)) this.leave("taken over by another runner");
    else this.end(bot.status, bot.reason);
    return false;
  }

  private leave(why: string): void {
    this.state = "elsewhere";
    this.place.log(`${this.id}: ${why}`);
  }

  /** Says that the bot is running, or paused and by whom. */
  private async sayStanding(bot: Bot): Promise<void> {
    const done = bot.isPaused ? await this.place.store.wishes.ofBot(this.id) : [];
    const { status, reason } = bot.standing(done.findLast(({ actedAt }) => actedAt !== undefined));
    await this.setStatus(status, reason);
  }

  /** Sets the bot's status and tells everyone. */
  private async setStatus(status: BotStatus, reason: string): Promise<void> {
    await this.place.store.bots.setStatus(this.id, this.epoch, status, reason);
    await this.place.bus.publish(statusChannel(this.id), { status, reason });
  }
}
