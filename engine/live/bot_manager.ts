import { AT_WORK } from "../ports/bot_status.ts";
import type { BotRecord } from "../ports/bots.ts";
import type { Bus } from "../ports/bus.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";
import { newestToDecide } from "./newest_to_decide.ts";
import { BotWorker } from "./bot_worker.ts";
import { forgivingBus } from "./forgiving_bus.ts";
import { LEASES, Leases, type LeaseSettings } from "./leases.ts";
import type { WorkerState, Workplace } from "./workplace.ts";

/** Where the manager says what happens. */
export type Log = (message: string) => void;

/**
 * Runs bots side by side, each by its own. One that throws is started again from its last
 * transaction, at most three times an hour; the others never notice. Bots that another runner has are
 * left to it while its lease lasts, and taken over when it does not.
 */
export class BotManager {
  private readonly workers = new Map<string, BotWorker>();
  private readonly stopping = new AbortController();
  private readonly losing = new AbortController();
  private readonly place: Workplace;
  private readonly leases: Leases;

  constructor(
    store: Store,
    bus: Bus,
    clock: Clock,
    log: Log = () => {},
    settings: LeaseSettings = LEASES,
  ) {
    const stopping = this.stopping.signal;
    this.leases = new Leases(store, settings, stopping, () => this.look());
    const claim = { owner: this.leases.owner, leaseMs: settings.ms };
    this.place = { store, bus: forgivingBus(bus, log), clock, log, claim, stopping };
  }

  /** Aborts when no bot is at work here or waited for any more, and somebody else ended some. */
  get lost(): AbortSignal {
    return this.losing.signal;
  }

  /** Starts a bot, from its last transaction if it has one, also one that is not at work. */
  start(id: string): void {
    this.run(id, true);
  }

  private run(id: string, starts: boolean): void {
    if (this.workers.get(id)?.state === "working") return;
    this.leases.begin();
    const worker = new BotWorker(id, this.place, starts);
    this.workers.set(id, worker);
    worker.done.then(() => this.noticeLoss());
  }

  /** Starts the bots that were at work when the last process ended. Returns their ids. */
  async restore(wanted: (bot: BotRecord) => boolean = () => true): Promise<string[]> {
    const bots = await this.place.store.bots.list();
    const ids = bots.filter(({ status }) => AT_WORK.includes(status)).filter(wanted)
      .map(({ id }) => id);
    ids.forEach((id) => this.run(id, false));
    return ids;
  }

  /** The bots that are in that state. */
  in(state: WorkerState): string[] {
    return [...this.workers.values()].filter((one) => one.state === state).map(({ id }) => id);
  }

  /** Stops every bot for good: its source has ended. */
  async finish(reason: string): Promise<void> {
    await this.halt();
    for (const worker of this.workers.values()) await worker.finish(reason);
    await this.leases.end();
  }

  /**
   * Lets every bot finish its transaction. They stay `running`: the next start restores them, or another
   * runner takes them over.
   */
  async stop(): Promise<void> {
    await this.halt();
    await this.leases.end();
  }

  private async halt(): Promise<void> {
    this.stopping.abort();
    await Promise.all([...this.workers.values()].map(({ done }) => done));
  }

  /**
   * Resolves once every bot that still works has decided all candles that are stored now, and no other
   * runner has one that is waited for.
   */
  async caughtUp(): Promise<void> {
    const { store, clock, stopping } = this.place, latest = new Map<string, number>();
    for (const bot of await store.bots.list()) {
      if (!this.workers.has(bot.id)) continue;
      const newest = await newestToDecide(store, bot);
      if (newest !== undefined) latest.set(bot.id, newest);
    }
    const isBehind = ({ id, state, cursor }: BotWorker) =>
      state === "elsewhere" ||
      (state === "working" && (cursor ?? -Infinity) < (latest.get(id) ?? -Infinity));
    while (!stopping.aborted && [...this.workers.values()].some(isBehind)) {
      await clock.sleep(20, stopping);
    }
  }

  /**
   * Looks after the bots: takes over whom nobody has, forgets whom somebody ended, and hears what people
   * ask.
   */
  private async look(): Promise<void> {
    const ids = [...this.in("elsewhere"), ...this.in("working")];
    if (ids.length === 0) return;
    const { store, claim: { owner } } = this.place;
    for (const { id, status, reason, isHeld } of await store.bots.standings(ids, owner)) {
      const worker = this.workers.get(id)!, isAtWork = AT_WORK.includes(status);
      if (this.stopping.signal.aborted) return;
      if (worker.state === "working" && (isHeld || !isAtWork)) worker.doubt();
      if (worker.state !== "elsewhere" || isHeld) continue;
      if (isAtWork) this.run(id, false);
      else worker.end(status, reason);
    }
    await this.hear();
    this.noticeLoss();
  }

  /** Tells the bots what people ask of them. */
  private async hear(): Promise<void> {
    const open = await this.place.store.wishes.open();
    for (const [id, wishes] of Map.groupBy(open, ({ botId }) => botId)) {
      this.workers.get(id)?.hear(wishes);
    }
  }

  private noticeLoss(): void {
    const some = (state: WorkerState) => this.in(state).length > 0;
    if (!some("working") && !some("elsewhere") && some("ended")) this.losing.abort();
  }
}
