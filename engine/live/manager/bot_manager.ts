import { AT_WORK } from "../../ports/bot_status.ts";
import type { BotWish } from "../../ports/bot_wishes.ts";
import type { BotRecord, Shift } from "../../ports/bots.ts";
import { type Bus, WISHES_CHANNEL } from "../../ports/bus.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Store } from "../../ports/store.ts";
import type { Tell } from "../../ports/tell.ts";
import { newestToDecide } from "./newest_to_decide.ts";
import { BotWorker } from "./bot_worker.ts";
import { LEASES, Leases, type LeaseSettings } from "./leases.ts";
import { Sharer, type Sharing } from "./sharing.ts";
import { startingAnew } from "./start_anew.ts";
import type { WorkerState, Workplace } from "./workplace.ts";

/**
 * Runs bots side by side, each by its own. One that throws or stalls is started again from its last
 * transaction, at most three times an hour; the others never notice. Bots that another runner has are
 * left to it while its lease lasts, and taken over when it does not.
 */
export class BotManager {
  private readonly workers = new Map<string, BotWorker>();
  private readonly stopping = new AbortController();
  private readonly losing = new AbortController();
  private readonly place: Workplace;
  private readonly leases: Leases;
  private readonly sharer: Sharer;
  private readonly startAnew: (wish: BotWish) => void;
  private listening: Promise<() => Promise<void>> | undefined;

  constructor(
    store: Store,
    bus: Bus,
    clock: Clock,
    log: Tell = () => {},
    settings: LeaseSettings = LEASES,
    private readonly sharing?: Sharing,
  ) {
    const stopping = this.stopping.signal, shares = sharing !== undefined;
    this.leases = new Leases(
      store,
      { ...settings, shares },
      stopping,
      (isBeat) => this.look(isBeat),
    );
    const claim = { owner: this.leases.owner, leaseMs: settings.ms, shares };
    this.sharer = new Sharer(claim.owner);
    this.place = { store, bus, clock, log, claim, stopping };
    this.startAnew = startingAnew(sharing, { log, wake: () => this.leases.wake() });
  }

  /** Aborts when no bot is at work here or waited for any more, and somebody else ended some. */
  get lost(): AbortSignal {
    return this.losing.signal;
  }

  /** Starts a bot, from its last transaction if it has one, also one that is not at work. */
  start(id: string): void {
    this.run(id, true);
  }

  /** Takes a bot over that is at work, unless another runner has it. */
  adopt(id: string): void {
    this.run(id, false);
  }

  /** Begins to look after all bots that trade live, if this runner shares them. */
  standBy(): void {
    this.leases.begin();
    const wake = () => this.leases.wake();
    this.listening ??= this.place.bus.subscribe(WISHES_CHANNEL, wake, wake);
  }

  private run(id: string, starts: boolean): void {
    if (this.workers.get(id)?.state === "working") return;
    this.standBy();
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
    await (await this.listening)?.();
    this.listening = undefined;
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
   * Looks after the bots: sees to those that it has, takes over whom nobody has, hands back what is more
   * than its share, forgets whom somebody ended, and hears what people ask. What is found again and again
   * is counted by beats, as looks in between say nothing of how long it has been so.
   */
  private async look(isBeat: boolean): Promise<void> {
    const { store, claim: { owner } } = this.place, { sharing } = this;
    // Who works now may hand its bot back while this is read.
    const working = new Set(this.in("working")), { bots, runners } = await store.bots.atWork();
    if (this.stopping.signal.aborted) return;
    for (const { id, runner, isBehind } of bots) {
      const worker = this.workers.get(id), isWorking = worker?.state === "working";
      // A claim of ours came late, behind what ended our work on it.
      if (runner === owner && !isWorking && !working.has(id)) this.run(id, false);
      else if (runner === owner) worker && isBeat && this.seeTo(worker, isBehind);
      else if (isWorking && runner !== undefined) worker.doubt();
      else if (worker && !isWorking && !runner && !sharing) this.run(id, false);
    }
    if (sharing) {
      await this.share(sharing, { bots, runners }, isBeat);
    }
    await this.forget(new Set(bots.map(({ id }) => id)));
    await this.hear();
    this.noticeLoss();
  }

  /** Has a bot whose lease is ours got on with: nobody else takes it, and one that stalls is dropped. */
  private seeTo(worker: BotWorker, isBehind: boolean): void {
    worker.watch(isBehind);
    if (!worker.hangs()) return;
    worker.abandon();
    this.run(worker.id, false);
  }

  /** Takes what is free, and hands back what is too much or what this runner cannot run. */
  private async share(
    sharing: Sharing,
    { bots, runners }: Shift,
    isBeat: boolean,
  ): Promise<void> {
    const refused = new Map(bots.map((bot) => [bot.id, sharing.refuses(bot)]));
    const fit = bots.filter(({ id }) => refused.get(id) === undefined);
    const { take, handBack } = this.sharer.look({ bots: fit, runners }, isBeat);
    for (const id of handBack) this.workers.get(id)?.handBack();
    for (const { id, runner } of bots) {
      const why = refused.get(id);
      if (why && runner === this.leases.owner) this.workers.get(id)?.handBack(why);
    }
    for (const id of take) this.run(id, false);
    await sharing.works(this.in("working"));
  }

  /** Finds out what became of bots that are not at work any more. */
  private async forget(atWork: ReadonlySet<string>): Promise<void> {
    const ids = [...this.in("elsewhere"), ...this.in("working")].filter((id) => !atWork.has(id));
    if (ids.length === 0) return;
    const { store, claim: { owner } } = this.place;
    for (const { id, status, reason } of await store.bots.standings(ids, owner)) {
      const worker = this.workers.get(id)!;
      if (AT_WORK.includes(status)) continue;
      if (worker.state === "elsewhere") worker.end(status, reason);
      else worker.doubt();
    }
  }

  /** Tells the bots what people ask of them. */
  private async hear(): Promise<void> {
    const open = await this.place.store.wishes.open();
    for (const [id, wishes] of Map.groupBy(open, ({ botId }) => botId)) {
      this.workers.get(id)?.hear(wishes);
      const start = wishes.find(({ wish }) => wish === "start");
      if (start) this.startAnew(start);
    }
  }

  private noticeLoss(): void {
    const some = (state: WorkerState) => this.in(state).length > 0;
    if (this.sharing || some("working") || some("elsewhere") || !some("ended")) return;
    this.losing.abort();
  }
}
