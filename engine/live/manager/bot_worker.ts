import { messageOf } from "../../market/errors.ts";
import { instrumentKey } from "../../market/trade.ts";
import type { BotStatus } from "../../ports/bot_status.ts";
import type { BotWish } from "../../ports/bot_wishes.ts";
import {
  EndedError,
  FencedError,
  LeasedError,
  UnreachableError,
} from "../../ports/store_errors.ts";
import type { Level } from "../../ports/tell.ts";
import type { Bot } from "../bots/bot.ts";
import { BotClaim } from "./bot_claim.ts";
import { recordCrash } from "./record_crash.ts";
import { sayStatus } from "./say_status.ts";
import { StallWatch } from "./stall_watch.ts";
import { StalledError, WatchedShift } from "./watched_shift.ts";
import type { WorkerState, Workplace } from "./workplace.ts";

/** A database that is away is asked again this often, in milliseconds. */
const POLL = 1_000;

/** Keeps one bot at work: starts it again after a crash, unless that happens too often. */
export class BotWorker {
  state: WorkerState = "working";
  /** Resolves when the bot has stopped, for whatever reason. */
  readonly done: Promise<void>;
  /** Rises whenever it gets on: a shift begins, or a database that was away is asked again. */
  progress = 0;
  private readonly claim: BotClaim;
  private readonly idles = new StallWatch();
  private shift: WatchedShift | undefined;
  /** Why another runner is to have it, and whether its row is to say that. */
  private handingBack: { why: string; isNoted: boolean } | undefined;
  /** It was said that the database is away. */
  private waits = false;

  /** `starts` says whether the bot is started if it is not at work. */
  constructor(
    readonly id: string,
    private readonly place: Workplace,
    starts: boolean,
  ) {
    this.claim = new BotClaim(id, place, starts);
    this.done = this.supervise();
  }

  /** Close time of the last candle that the bot decided. */
  get cursor(): number | undefined {
    return this.shift?.bot?.cursor;
  }

  /** Exchange and symbol, once they are known. */
  get market(): string | undefined {
    const own = this.shift?.bot?.markets[0];
    return own && instrumentKey(own);
  }

  /** Marks a bot that has stopped as through with its source. */
  async finish(reason: string): Promise<void> {
    for (let again = false; this.state === "working" && this.shift?.bot; again = true) {
      try {
        // A claim of ours came late.
        if (again) await this.claim.make();
        return await sayStatus(this.place, this.claim, { status: "finished", reason });
      } catch (error) {
        if (error instanceof FencedError) await this.isOurs();
        else if (error instanceof UnreachableError) throw error;
        else await this.take(error);
      }
    }
  }

  /** Takes note of what people ask of the bot: all that is still open. */
  hear(wishes: readonly BotWish[]): void {
    this.shift?.hear(wishes);
  }

  /** Has the bot look whether it is ours, still. */
  doubt(): void {
    this.shift?.doubt();
  }

  /**
   * Told regularly whether candles wait for the bot: one that does not get on although they do is dropped
   * and started again, as one that crashed.
   */
  watch(isBehind: boolean): void {
    if (this.waits) this.shift?.forgive();
    else this.shift?.look(isBehind);
  }

  /** Asked regularly: whether nobody has been at work on the bot for long, nor tried to be. */
  hangs(): boolean {
    return this.idles.look(this, !this.shift?.isLive);
  }

  /** Leaves the bot to another worker: what this one may yet write is fenced off by the next claim. */
  abandon(): void {
    this.tell("nobody decides it, although it is ours: it is claimed again", "error");
    this.state = "elsewhere";
    this.shift?.drop();
  }

  /**
   * Lets another runner have the bot, behind the transaction that is under way. `why` is what its row says
   * then; without it others only have less to do.
   */
  handBack(why?: string): void {
    this.handingBack ??= {
      why: why ?? "other runners have less to do",
      isNoted: why !== undefined,
    };
    this.shift?.drop();
  }

  /** Takes note that somebody else has ended the bot. */
  end(status: BotStatus, reason: string): void {
    this.state = "ended";
    const level = status === "quarantined" || status === "diverged" ? "error" : "info";
    this.tell(`${status}${reason && `: ${reason}`}`, level);
  }

  /** Keeps the bot running until it is to stop or may not be restarted any more. */
  private async supervise(): Promise<void> {
    const { stopping } = this.place;
    while (!stopping.aborted && this.state === "working") {
      try {
        if (this.handingBack) await this.giveAway(this.handingBack);
        else await this.work();
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
    else await this.recover(messageOf(error), error instanceof StalledError);
  }

  private async giveAway({ why, isNoted }: { why: string; isNoted: boolean }): Promise<void> {
    await this.claim.handBack(isNoted ? why : undefined);
    this.leave(`handed back, for ${why}`);
  }

  private async work(): Promise<void> {
    this.shift = undefined;
    await this.claim.make();
    if (this.state !== "working") return;
    this.progress++;
    this.shift = new WatchedShift(this.id, this.claim.epoch, this.place, {
      resumed: (bot) => this.sayStanding(bot),
      looked: () => this.goOn(),
    });
    await this.shift.run();
  }

  private goOn(): void {
    if (this.waits) this.tell("goes on");
    this.waits = false;
  }

  /** Records a crash, and waits until the bot may start again, if it may. */
  private async recover(reason: string, isStuck: boolean): Promise<void> {
    const { clock, stopping } = this.place;
    try {
      // What is stuck may write something yet: it is fenced off.
      if (isStuck) await this.claim.make();
      const { id, market, claim: { epoch } } = this;
      const delay = await recordCrash(this.place, { id, market, epoch }, reason);
      if (delay === "quarantine") this.state = "quarantined";
      else await clock.sleep(delay, stopping);
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
    if (!this.waits) this.tell(`waits for the database: ${trouble}`, "warning");
    this.waits = true;
    this.progress++;
    await this.place.clock.sleep(POLL, this.place.stopping);
  }

  /**
   * Finds out who claimed the bot. A claim of ours whose answer was lost may come late, behind the next
   * one of ours, and then our own epoch is out of date: the bot is claimed once more.
   */
  private async lookWhose(): Promise<void> {
    const { clock, stopping } = this.place;
    while (!stopping.aborted) {
      try {
        if (!await this.isOurs()) return;
        this.tell("a claim of ours came late, and is made again", "warning");
        return await clock.sleep(POLL, stopping);
      } catch (error) {
        // Until that is known it is not claimed: it may be somebody else's.
        await this.standBy(messageOf(error));
      }
    }
  }

  /** Whether the bot is ours, still; if not, takes note of where it is. */
  private async isOurs(): Promise<boolean> {
    const holder = await this.claim.holder();
    if (holder === "elsewhere") this.leave("taken over by another runner");
    else if (holder !== "ours") this.end(holder.status, holder.reason);
    return holder === "ours";
  }

  private leave(why: string): void {
    this.state = "elsewhere";
    this.tell(why);
  }

  private tell(message: string, level?: Level): void {
    this.place.log(`${this.id}: ${message}`, { bot: this.id, market: this.market, level });
  }

  /** Says that the bot is running, or paused and by whom. */
  private async sayStanding(bot: Bot): Promise<void> {
    const done = bot.isPaused ? await this.place.store.wishes.ofBot(this.id) : [];
    const last = done.findLast(({ actedAt }) => actedAt !== undefined);
    await sayStatus(this.place, this.claim, bot.standing(last));
  }
}
