import { seededRandom } from "../../../data/random.ts";
import type { OddFrame } from "./bad_trades.ts";
import type { Dialect } from "./dialect.ts";
import {
  type Fault,
  FAULT_CLASSES,
  type FaultClass,
  type FaultPlan,
  FRAME_FAULTS,
  PAGE_FAULTS,
} from "./fault_plan.ts";
import { FrameFaults } from "./frame_faults.ts";
import { hitSocket } from "./socket_faults.ts";
import { PageFaults } from "./page_faults.ts";
import type { FakeMarket, Print } from "./prints.ts";
import type { Schedule } from "./schedule.ts";
import type { StreamHub } from "./stream_hub.ts";

/** What faults need of the exchange. */
export interface FaultFloor {
  dialect: Dialect;
  hub: StreamHub;
  schedule: Schedule;
  now(): number;
  /** When the last print of the tape becomes public. */
  end: number;
}

/** Nobody listens: the fault waits so long, by the exchange's clock. */
const RETRY = 250;

/** A late trade comes so long after its minute at least and at most, in milliseconds. */
const LATEST = 30_000, LATE = 3_000;

/** Lets a plan's faults happen. */
export class FaultInjector {
  /** How often each class was injected: sockets, frames, trades or requests that it hit. */
  readonly injected = Object.fromEntries(FAULT_CLASSES.map((name) => [name, 0])) as Record<
    FaultClass,
    number
  >;
  readonly frames: FrameFaults;
  readonly pages: PageFaults;
  private readonly late: { left: number; random: () => number }[] = [];
  private downUntil = -Infinity;

  constructor(private readonly floor: FaultFloor) {
    this.frames = new FrameFaults({
      now: floor.now,
      schedule: floor.schedule,
      send: (market: FakeMarket, frame: OddFrame["frame"]) => floor.hub.broadcast(market, frame),
      count: (name, times) => this.injected[name] += times,
    });
    this.pages = new PageFaults(floor.dialect, (name) => this.injected[name]++);
  }

  /** Puts a plan on the schedule, for a tape from `start` on. */
  plan({ faults, skew }: FaultPlan, start: number): void {
    const { schedule, end } = this.floor;
    for (const fault of faults) {
      schedule.add(start + fault.at * (end - start), () => this.begin(fault));
    }
    if (skew !== 0) this.injected.skew = 1;
  }

  /** Lets a fault begin now. */
  begin(fault: Fault): void {
    if (fault.class === "late") {
      this.late.push({ left: fault.times, random: seededRandom(fault.seed) });
    } else if (isOneOf(FRAME_FAULTS, fault.class)) {
      this.frames.begin(fault);
    } else if (isOneOf(PAGE_FAULTS, fault.class)) {
      this.pages.begin(fault);
      // something must be missed, or nobody asks for pages
      this.hit({ ...fault, class: "close" }, () => {});
    } else if (fault.class !== "skew") {
      this.hit(fault, (sockets) => this.injected[fault.class] += sockets);
    }
  }

  /** Whether new sockets are refused. */
  get isDown(): boolean {
    return this.floor.now() < this.downUntil;
  }

  /** When a print becomes public that would now, if a fault keeps it back. */
  keptUntil({ trades }: Print): number | undefined {
    const late = this.late[0];
    if (!late) return undefined;
    if (--late.left === 0) this.late.shift();
    this.injected.late++;
    const minuteEnd = (Math.floor(trades[0].timestamp / 60_000) + 1) * 60_000;
    return minuteEnd + LATE + (LATEST - LATE) * late.random();
  }

  private hit(fault: Fault, count: (sockets: number) => void): void {
    const { hub, schedule, now, end } = this.floor, sessions = hub.healthy();
    if (sessions.length === 0) {
      if (now() < end) schedule.add(now() + RETRY, () => this.hit(fault, count));
      return;
    }
    for (const session of sessions) hitSocket(fault, session);
    count(sessions.length);
    if (fault.class === "silence") {
      const speak = () => sessions.forEach((session) => session.isSilent = false);
      schedule.add(now() + fault.lasts, speak);
    } else if (fault.class !== "halfOpen") {
      this.downUntil = now() + fault.lasts;
    }
  }
}

function isOneOf(names: readonly string[], name: string): boolean {
  return names.includes(name);
}
