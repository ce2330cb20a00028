import type { Random } from "../../../data/random.ts";
import { systemClock } from "../../../engine/live/system_clock.ts";
import type { Servers } from "../outages.ts";
import { type ChildOrders, SPARED } from "./child_orders.ts";
import { type LiveChild, startChild } from "./live_child.ts";
import type { LiveDialect, PlayedMarket } from "./played_market.ts";
import type { Progress } from "./progress.ts";
import type { Signals } from "./signals.ts";
import { until } from "./until.ts";
import { LISTENS } from "./watched_parts.ts";

/** Something that was done to a run, at real times of `performance.now()`. */
export interface Injection {
  began: number;
  /** When it was over, and everything could go on; for a process that was killed, when it was killed. */
  ended: number;
  /** When it was noticed, if we know. */
  noticed?: number;
  /** What a process says that notices it, if it is for a process to notice. */
  notices?: RegExp;
}

/** What a run consists of, for what is done to it. */
export interface StagePlace {
  market: PlayedMarket;
  dialect: LiveDialect;
  signals: Signals;
  progress: Progress;
  random: Random;
  /** Its own servers, where something is done to these. */
  servers?: Servers;
  child: {
    orders: Omit<ChildOrders, "clock">;
    args: readonly string[];
    database: string;
    redis?: string;
  };
  tell: (message: string) => void;
}

/** Processes that trade on a market, and what is done to them. */
export class Stage {
  readonly children: LiveChild[] = [];
  /** What was done before the market ran. */
  readonly early: Injection[] = [];

  constructor(readonly place: StagePlace) {}

  /** Starts a process; only the first one of a run kills itself. */
  start(): LiveChild {
    const { child: { orders, ...more }, market: { clock } } = this.place;
    const { kill, ...rest } = orders, isFirst = this.children.length === 0;
    const own = { ...rest, clock, ...(isFirst && kill && { kill }) };
    const child = startChild({ ...more, orders: own });
    this.children.push(child);
    this.supervise(child);
    return child;
  }

  /** Starts another where one gave up, as a supervisor does: the database may be away while it starts. */
  private async supervise(child: LiveChild): Promise<void> {
    const { code } = await child.ended;
    if (code !== GAVE_UP || this.isOver) return;
    await systemClock.sleep(1_000);
    if (this.isOver) return;
    this.start();
    await this.tellClock();
  }

  private isOver = false;

  /** Nobody is started again from now on. */
  over(): void {
    this.isOver = true;
  }

  /**
   * Starts the first process, and the market once that listens to it: so it hears the first second whole. One
   * that kills itself before, at its first transactions, is started again.
   */
  async begin(): Promise<void> {
    const { market } = this.place;
    for (let child = this.start();;) {
      const begun = () => child.hasEnded || isListening(child);
      await until(begun, () => `a process listens: ${linesOf(child)}`);
      if (isListening(child)) break;
      const { at } = await child.ended, began = killedAt(child);
      if (began === undefined) throw new Error(`It did not begin: ${linesOf(child)}`);
      child = this.start();
      this.early.push({ began, ended: began, noticed: at });
    }
    market.run();
    await this.tellClock();
  }

  /** Tells every process what the clock is now. */
  async tellClock(): Promise<void> {
    const { clock } = this.place.market;
    await Promise.all(this.children.map((child) => child.order({ clock })));
  }

  /** Resolves when so much of the market's time has passed, a share of it, or a process has ended. */
  async passed(share: number, orEnded?: LiveChild): Promise<void> {
    const { market: { exchange, clock }, progress } = this.place;
    const time = clock.start + share * (progress.end - clock.start);
    await until(
      () => exchange.now() >= time || orEnded?.hasEnded === true,
      () => `${share} of the time has passed`,
    );
  }

  /** Sees to it that a process does not kill itself any more. Returns whether it still runs. */
  async spare(child: LiveChild): Promise<boolean> {
    await child.order({ kill: "never" });
    const isSpared = () => child.said.some(({ line }) => line === SPARED);
    await until(() => child.hasEnded || isSpared(), () => `it is spared: ${linesOf(child)}`);
    return !child.hasEnded;
  }

  /** When a process first says something that matches, from a moment on; undefined if it has not. */
  noticed(pattern: RegExp, from: number): number | undefined {
    const lines = this.children.flatMap(({ said }) => said);
    return lines.find(({ at, line }) => at >= from && pattern.test(line))?.at;
  }

  /** Ends all processes in order; returns what went wrong with that. */
  async end(): Promise<string[]> {
    this.over();
    const ends = await Promise.all(this.children.map(async (child) => {
      if (child.hasEnded) return undefined;
      await child.order({ signal: "SIGTERM" });
      const late = new AbortController();
      const end = await Promise.race([
        child.ended,
        systemClock.sleep(LONGEST_END, late.signal).then(() => undefined),
      ]);
      late.abort();
      if (!end) await this.kill(child);
      return end?.code === 0 ? undefined : `A process ended with ${end?.code}: ${linesOf(child)}`;
    }));
    return ends.filter((end) => end !== undefined);
  }

  /** Kills a process, if it still runs, and waits for its end. Returns when it had ended. */
  async kill(child: LiveChild): Promise<number> {
    await this.place.signals.send(await child.pid, "SIGKILL");
    return (await child.ended).at;
  }
}

/** A process that was told to end and has not for so long is killed, in milliseconds. */
const LONGEST_END = 15_000;

/** The exit code of one that could not go on, and said why. */
const GAVE_UP = 1;

/** When a process said that it kills itself, if it has. */
export function killedAt({ said }: LiveChild): number | undefined {
  return said.find(({ line }) => line.startsWith("killed "))?.at;
}

function isListening({ said }: LiveChild): boolean {
  return said.some(({ line }) => line === LISTENS);
}

function linesOf({ said }: LiveChild): string {
  return said.map(({ line }) => line).join("\n");
}
