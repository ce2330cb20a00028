import { instrumentKey } from "../../market/trade.ts";
import { marketChannel } from "../../ports/bus.ts";
import type { BotWish } from "../../ports/bot_wishes.ts";
import { Bot } from "../bots/bot.ts";
import { Waker } from "../waker.ts";
import type { Workplace } from "./workplace.ts";

/** A bot that nothing woke looks for candles this often, in milliseconds. */
const POLL = 1_000;
/** A bot without anything to decide says so this often, in milliseconds. */
const HEARTBEAT = 5_000;

/** What a shift tells of itself. */
export interface ShiftWatch {
  /** The bot is there, with the state of its last transaction. */
  resumed(bot: Bot): Promise<void>;
  /** It has looked for candles, and decided what there was. */
  looked(): void;
}

/**
 * One bot object at work, from its last transaction on. It ends with the first error, or when it is
 * dropped: then whatever it waits for is not waited for, and what it may yet write is fenced off by the
 * next claim.
 */
export class BotShift {
  /** Rises whenever the bot gets on: it was resumed, or takes what it decided again, or has decided a candle. */
  progress = 0;
  bot: Bot | undefined;
  private waker: Waker | undefined;
  private isDoubted = false;
  /** The market for whose candles it waited when that was last looked at, and where it was. */
  private lacks: { symbol: string; cursor: number | undefined } | undefined;
  /** Where it was when that was said last. */
  private toldOf: number | undefined = NaN;
  private readonly dropping = new AbortController();
  private readonly over: AbortSignal;

  constructor(
    readonly id: string,
    readonly epoch: number,
    private readonly place: Workplace,
    private readonly watch: ShiftWatch,
  ) {
    this.over = AbortSignal.any([place.stopping, this.dropping.signal]);
  }

  /** Works until everything is to stop or the shift is dropped. Throws what the bot throws. */
  async run(): Promise<void> {
    const { store, bus, clock } = this.place;
    await store.bots.heartbeat(this.id, this.epoch, clock.now());
    const bot = await Bot.resume(this.id, this.epoch, store, bus, () => this.progress++);
    if (this.dropping.signal.aborted) return;
    this.bot = bot;
    this.progress++;
    await this.watch.resumed(bot);
    const waker = this.waker = new Waker(clock, this.over), wake = () => waker.wake();
    const channels = bot.markets.map(({ symbol }) => marketChannel(symbol));
    const subscriptions = await Promise.all(
      channels.map((channel) => bus.subscribe(channel, wake, wake)),
    );
    try {
      await this.work(bot, waker);
    } finally {
      for (const unsubscribe of subscriptions) await unsubscribe();
    }
  }

  private async work(bot: Bot, waker: Waker): Promise<void> {
    const { clock } = this.place;
    let heartbeat = clock.now();
    while (!this.over.aborted) {
      const decided = await bot.processCandles();
      if (this.dropping.signal.aborted) return;
      // One that reads other markets may have to wait for these, whatever there is of its own.
      this.progress += bot.markets.length > 1 ? Math.max(1, decided) : decided;
      this.watch.looked();
      if (decided > 0) {
        // Whoever decides says with that that it is alive.
        heartbeat = clock.now();
        continue;
      }
      if (this.isDoubted || clock.now() - heartbeat >= HEARTBEAT) {
        this.isDoubted = false;
        heartbeat = clock.now();
        await bot.heartbeat(heartbeat);
        await this.tellWaiting(bot);
      }
      await waker.sleep(POLL);
    }
  }

  /** Says, once, that the bot has waited for another market's candles since the last time. */
  private async tellWaiting(bot: Bot): Promise<void> {
    const { lacks } = this, { cursor } = bot, symbol = await bot.waitsFor();
    this.lacks = symbol === undefined ? undefined : { symbol, cursor };
    if (symbol === undefined || lacks?.symbol !== symbol || lacks.cursor !== cursor) return;
    if (this.toldOf === cursor) return;
    this.toldOf = cursor;
    const market = instrumentKey(bot.markets[0]);
    this.place.log(`${this.id}: waits for the candles of ${symbol}`, { bot: this.id, market });
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

  /** Ends it at the next moment at which it is not waiting for something. */
  drop(): void {
    this.dropping.abort();
  }
}
