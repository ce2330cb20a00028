import { AT_WORK } from "../ports/bot_status.ts";
import type { Bus } from "../ports/bus.ts";
import type { Clock } from "../ports/clock.ts";
import type { BotRecord } from "../ports/bots.ts";
import type { Store } from "../ports/store.ts";
import { baseMarket } from "../strategy/base_market.ts";
import { BotWorker, type WorkerState, type Workplace } from "./bot_worker.ts";
import { forgivingBus } from "./forgiving_bus.ts";

/** Where the manager says what happens. */
export type Log = (message: string) => void;

/**
 * Runs bots side by side, each by its own. One that throws is started again from its last
 * transaction, at most three times an hour; the others never notice.
 */
export class BotManager {
  private readonly workers = new Map<string, BotWorker>();
  private readonly stopping = new AbortController();
  private readonly losing = new AbortController();
  private readonly place: Workplace;

  constructor(store: Store, bus: Bus, clock: Clock, log: Log = () => {}) {
    const owner = crypto.randomUUID(), stopping = this.stopping.signal;
    this.place = { store, bus: forgivingBus(bus, log), clock, log, owner, stopping };
  }

  /** Aborts when no bot is at work here any more, and another runner has taken some over. */
  get lost(): AbortSignal {
    return this.losing.signal;
  }

  /** Starts a bot, from its last transaction if it has one. */
  start(id: string): void {
    if (this.workers.get(id)?.state === "working") return;
    const worker = new BotWorker(id, this.place);
    this.workers.set(id, worker);
    worker.done.then(() => this.noticeLoss());
  }

  /** Starts the bots that were at work when the last process ended. Returns their ids. */
  async restore(wanted: (bot: BotRecord) => boolean = () => true): Promise<string[]> {
    const bots = await this.place.store.bots.list();
    const ids = bots.filter(({ status }) => AT_WORK.includes(status)).filter(wanted)
      .map(({ id }) => id);
    ids.forEach((id) => this.start(id));
    return ids;
  }

  /** The bots that are in that state. */
  in(state: WorkerState): string[] {
    return [...this.workers.values()].filter((one) => one.state === state).map(({ id }) => id);
  }

  /** Stops every bot for good: its source has ended. */
  async finish(reason: string): Promise<void> {
    await this.stop();
    for (const worker of this.workers.values()) await worker.finish(reason);
  }

  /** Lets every bot finish its transaction. They stay `running`: the next start restores them. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all([...this.workers.values()].map(({ done }) => done));
  }

  /** Resolves once every bot that still works has decided all candles that are stored now. */
  async caughtUp(): Promise<void> {
    const { store, clock, stopping } = this.place, latest = new Map<string, number>();
    for (const bot of await store.bots.list()) {
      if (!this.workers.has(bot.id)) continue;
      const candle = await store.marketData.latestCandle(baseMarket(bot.config.market));
      if (candle) latest.set(bot.id, candle.time);
    }
    const isBehind = ({ id, state, cursor }: BotWorker) =>
      state === "working" && (cursor ?? -Infinity) < (latest.get(id) ?? -Infinity);
    while (!stopping.aborted && [...this.workers.values()].some(isBehind)) {
      await clock.sleep(20, stopping);
    }
  }

  private noticeLoss(): void {
    if (this.in("working").length === 0 && this.in("taken over").length > 0) this.losing.abort();
  }
}
