import { type Bus, marketChannel, statusChannel, SYSTEM_CHANNEL } from "../ports/bus.ts";
import type { Clock } from "../ports/clock.ts";
import type { BotRecord, BotStatus, Store } from "../ports/store.ts";
import { FencedError } from "../ports/store_errors.ts";
import type { Config } from "../strategy/config.ts";
import { Bot } from "./bot.ts";
import { restartDelay } from "./restarts.ts";

/** A bot that nothing woke looks for candles this often, in milliseconds. */
const POLL = 1_000;
/** A bot without anything to decide says so this often, in milliseconds. */
const HEARTBEAT = 5_000;

/** Where the manager says what happens. */
export type Log = (message: string) => void;

/** A bot at work. */
interface Worker {
  id: string;
  done: Promise<void>;
  /** Close time of the last candle that it decided. */
  cursor: number | undefined;
}

/**
 * Runs bots side by side, each by its own. One that throws is started again from its last
 * transaction, at most three times an hour; the others never notice.
 */
export class BotManager {
  private readonly workers = new Map<string, Worker>();
  private readonly stopping = new AbortController();
  private readonly owner = crypto.randomUUID();

  constructor(
    private readonly store: Store,
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly log: Log = () => {},
  ) {}

  /** Starts a bot, from its last transaction if it has one. */
  start(id: string): void {
    if (this.workers.has(id)) return;
    const worker: Worker = { id, cursor: undefined, done: Promise.resolve() };
    worker.done = this.supervise(worker);
    this.workers.set(id, worker);
  }

  /** Starts the bots that were running when the last process ended. Returns their ids. */
  async restore(wanted: (bot: BotRecord) => boolean = () => true): Promise<string[]> {
    const active = (await this.store.bots.list()).filter(({ status }) => status === "running");
    const ids = active.filter(wanted).map(({ id }) => id);
    ids.forEach((id) => this.start(id));
    return ids;
  }

  /** Stops every bot for good: its source has ended. */
  async finish(reason: string): Promise<void> {
    await this.stop();
    for (const id of this.workers.keys()) await this.setStatus(id, "finished", reason);
  }

  /** Lets every bot finish its transaction. They stay `running`: the next start restores them. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all([...this.workers.values()].map(({ done }) => done));
  }

  /** Resolves once every bot that still works has decided all candles that are stored now. */
  async caughtUp(): Promise<void> {
    const latest = new Map<string, number>();
    for (const bot of await this.store.bots.list()) {
      if (!this.workers.has(bot.id)) continue;
      const candle = await this.store.marketData.latestCandle((bot.config as Config).market);
      if (candle) latest.set(bot.id, candle.time);
    }
    const isBehind = ({ id, cursor }: Worker) =>
      (cursor ?? -Infinity) < (latest.get(id) ?? -Infinity);
    while (!this.stopping.signal.aborted && [...this.workers.values()].some(isBehind)) {
      await this.clock.sleep(20, this.stopping.signal);
    }
  }

  /** Sets a bot's status and tells everyone. */
  private async setStatus(id: string, status: BotStatus, reason: string): Promise<void> {
    await this.store.bots.setStatus(id, status, reason);
    await this.bus.publish(statusChannel(id), { status, reason });
  }

  /** Keeps one bot running until it is to stop or may not be restarted any more. */
  private async supervise(worker: Worker): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.work(worker);
      } catch (error) {
        if (!await this.mayRestart(worker.id, error)) {
          this.workers.delete(worker.id);
          return;
        }
      }
    }
  }

  private async work(worker: Worker): Promise<void> {
    const { signal } = this.stopping;
    const bot = await Bot.resume(worker.id, this.owner, this.store, this.bus);
    await this.setStatus(worker.id, "running", "");
    const waker = new Waker(this.clock, signal);
    const unsubscribe = await this.bus.subscribe(
      marketChannel(bot.market.symbol),
      () => waker.wake(),
    );
    try {
      let heartbeat = this.clock.now();
      while (!signal.aborted) {
        const decided = await bot.processCandles();
        worker.cursor = bot.cursor;
        if (decided > 0) continue;
        if (this.clock.now() - heartbeat >= HEARTBEAT) {
          heartbeat = this.clock.now();
          await bot.heartbeat(heartbeat);
        }
        await waker.sleep(POLL);
      }
    } finally {
      await unsubscribe();
    }
  }

  /** Records a crash, and waits until the bot may start again; false if it may not. */
  private async mayRestart(id: string, error: unknown): Promise<boolean> {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof FencedError) {
      this.log(`${id}: taken over by another runner`);
      return false;
    }
    try {
      const now = this.clock.now(), restarts = (await this.store.bots.find(id))?.restarts ?? [];
      const delay = restartDelay(restarts, now);
      if (delay === "quarantine") {
        await this.setStatus(id, "quarantined", reason);
        await this.bus.publish(SYSTEM_CHANNEL, { event: "quarantined", bot: id, reason });
        this.log(`${id}: crashed again, quarantined: ${reason}`);
        return false;
      }
      await this.setStatus(id, "crashed", reason);
      await this.store.bots.recordRestart(id, now);
      this.log(`${id}: crashed, starting again in ${delay / 1_000} s: ${reason}`);
      await this.clock.sleep(delay, this.stopping.signal);
    } catch (second) {
      this.log(
        `${id}: crashed (${reason}), and the database is away: ${(second as Error).message}`,
      );
      await this.clock.sleep(POLL, this.stopping.signal);
    }
    return true;
  }
}

/** Sleeps until woken; a wake that comes between two sleeps ends the next one at once. */
class Waker {
  private woken = false;
  private current = new AbortController();

  constructor(private readonly clock: Clock, private readonly stopping: AbortSignal) {}

  wake(): void {
    this.woken = true;
    this.current.abort();
  }

  async sleep(milliseconds: number): Promise<void> {
    if (!this.woken) {
      this.current = new AbortController();
      const either = AbortSignal.any([this.current.signal, this.stopping]);
      await this.clock.sleep(milliseconds, either);
    }
    this.woken = false;
  }
}
