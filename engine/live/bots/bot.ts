import type { Candles } from "../../market/candles.ts";
import type { Timeframe } from "../../market/timeframe.ts";
import { type Bus, signalsChannel, statusChannel } from "../../ports/bus.ts";
import type { Asker, BotWish } from "../../ports/bot_wishes.ts";
import type { BotRecord } from "../../ports/bots.ts";
import type { Decision, MarketKey, StatusWithReason, Store } from "../../ports/store.ts";
import type { Run } from "../../run/run.ts";
import { askedBy } from "../wishes/asked_by.ts";
import { carriedOut } from "../wishes/carried_out.ts";
import { BotCandles, missingOf } from "./bot_candles.ts";
import { decideRows } from "./decide_rows.ts";
import { type DueWish, dueWishes } from "../wishes/due_wishes.ts";
import { rowsAtOnce } from "./rows_at_once.ts";
import { LIVE_CHUNK, newRun } from "./run_record.ts";

/**
 * A bot: a run that takes the candles behind its cursor as the database has them, and writes what it
 * decides together with its state and cursor. After any error it is thrown away; a new one begins
 * where the last transaction ended.
 */
export class Bot {
  readonly id: string;
  /** Its market, and the others that it reads. */
  readonly markets: readonly MarketKey[];
  /** The strategy's own. */
  private readonly timeframe: Timeframe;
  private readonly run: Run;
  private readonly anchor: number;
  private readonly candles: BotCandles;

  private constructor(
    record: BotRecord,
    private readonly epoch: number,
    private readonly store: Store,
    private readonly bus: Bus,
  ) {
    this.id = record.id;
    this.timeframe = record.config.market.timeframe;
    this.candles = new BotCandles(store, record);
    this.markets = [this.candles.market, ...this.candles.others];
    this.anchor = record.run.anchor;
    this.run = newRun(record);
  }

  /** What people asked for and its account has yet to carry out, in the order in which it was asked. */
  private asked: readonly BotWish[] = [];
  /** The number of the last one of which something has come: they are carried out, or dropped, in order. */
  private carriedOut = 0;

  /** Close time of the last candle that was decided. */
  cursor: number | undefined;

  /**
   * A stored bot that was claimed under `epoch`, with the state of its last transaction. `advanced` is
   * called now and then where that takes long.
   */
  static async resume(
    id: string,
    epoch: number,
    store: Store,
    bus: Bus,
    advanced: () => void = () => {},
  ): Promise<Bot> {
    const record = (await store.bots.find(id))!;
    const bot = new Bot(record, epoch, store, bus), snapshot = await store.bots.snapshot(id);
    if (bot.run.replays) await bot.replay(record.cursor, advanced);
    if (snapshot) bot.run.restore(snapshot);
    bot.cursor = record.cursor;
    bot.asked = await store.wishes.ofBot(id);
    bot.carriedOut = bot.asked.findLast(({ outcome }) => outcome !== "open")?.number ?? 0;
    bot.hear(bot.asked);
    return bot;
  }

  /** Gives the run the candles that it has decided, for what a snapshot cannot hold. */
  private async replay(to = this.anchor, advanced: () => void): Promise<void> {
    for (let after = this.anchor; after < to;) {
      const candles = await this.candles.again({ after, to, limit: LIVE_CHUNK });
      this.run.replay(candles);
      advanced();
      after = candles.time.at(-1) ?? to;
    }
  }

  /**
   * Decides the candles behind the cursor that can be decided, at most so many at once that others get their
   * turn; returns how many there were.
   */
  async processCandles(): Promise<number> {
    const candles = await this.candles.next(this.cursor ?? this.anchor, rowsAtOnce(this.run));
    if (candles.length === 0) return 0;
    const due = dueWishes(this.asked, candles);
    const decision = this.decide(candles, due);
    await this.store.commit(decision);
    this.cursor = decision.cursor;
    this.carriedOut = due.at(-1)?.number ?? this.carriedOut;
    this.hear(this.asked);
    if (decision.status) await this.bus.publish(statusChannel(this.id), { ...decision.status });
    const signal = decision.signals.at(-1);
    if (signal) {
      const { action, time, price } = signal;
      await this.bus.publish(signalsChannel(this.id), { action, time, price });
    }
    return candles.length;
  }

  /** Its status while it is at work, and why, by what was asked for last and carried out. */
  standing(last: Asker | undefined): StatusWithReason {
    if (!this.isPaused) return { status: "running", reason: "" };
    return { status: "paused", reason: last ? askedBy(last) : "" };
  }

  /** The symbol of another market for whose candles it waits, if it does. */
  waitsFor(): Promise<string | undefined> {
    return this.candles.waitsFor(this.cursor ?? this.anchor);
  }

  /** Says that the bot is alive and has nothing to decide. */
  async heartbeat(at: number): Promise<void> {
    await this.store.bots.heartbeat(this.id, this.epoch, at);
  }

  /** Takes note of what people ask: all that was still open when somebody looked, perhaps a moment ago. */
  hear(wishes: readonly BotWish[]): void {
    this.asked = wishes.filter(({ number }) => number > this.carriedOut);
  }

  /** Whether people have paused it. */
  get isPaused(): boolean {
    return this.run.account.state.paused !== 0;
  }

  private decide(candles: Candles, due: readonly DueWish[]): Decision {
    return {
      botId: this.id,
      epoch: this.epoch,
      previousCursor: this.cursor,
      cursor: candles.time[candles.length - 1],
      ...decideRows(this.run, candles, this.timeframe, carriedOut(due)),
      missing: missingOf(candles),
      snapshot: this.run.save(),
      ...(due.length > 0 && { wishes: due, status: this.standing(due.at(-1)) }),
    };
  }
}
