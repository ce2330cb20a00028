import { between, type Random, seededRandom } from "../../../data/random.ts";
import { badFrames, type OddFrame } from "./bad_trades.ts";
import type { Fault, FrameFault } from "./fault_plan.ts";
import type { FakeMarket } from "./prints.ts";
import type { Schedule } from "./schedule.ts";

/** What faults in frames need of the exchange. */
export interface FrameFloor {
  now(): number;
  schedule: Schedule;
  /** Sends a frame to the market's subscribers. */
  send(market: FakeMarket, frame: OddFrame["frame"]): void;
  /** Counts what was done. */
  count(name: FrameFault, times: number): void;
}

/** Frames of the kinds that are far longer than any trade. */
const isOversized = ({ name }: OddFrame) => name.startsWith("10 MB");

/** Frames that end the connection, as far as clients keep to RFC 6455: `close` has those. */
const isFatal = ({ name }: OddFrame) => name === "invalid UTF-8, text";

/** Passes frames on, and spoils those that faults ask for. */
export class FrameFaults {
  private readonly pending: { fault: Fault; left: number; random: Random }[] = [];
  private held: { market: FakeMarket; frame: string }[] = [];
  private holds = 0;
  /** Numbers frames by market, to see which of them were overtaken. */
  private readonly sent = new Map<FakeMarket, number>();

  constructor(private readonly floor: FrameFloor) {}

  /** Lets a fault begin. */
  begin(fault: Fault): void {
    if (fault.class === "burst") return this.hold(fault.lasts);
    this.pending.push({ fault, left: fault.times, random: seededRandom(fault.seed) });
  }

  /** Sends a frame of trades, in its way. */
  push(market: FakeMarket, frame: string): void {
    if (this.holds > 0) {
      this.held.push({ market, frame });
      return;
    }
    const pending = this.pending[0];
    if (!pending) return this.send(market, frame);
    if (--pending.left === 0) this.pending.shift();
    this.spoil(pending.fault.class as FrameFault, pending.random, market, frame);
  }

  private send(market: FakeMarket, frame: OddFrame["frame"]): void {
    this.sent.set(market, (this.sent.get(market) ?? 0) + 1);
    this.floor.send(market, frame);
  }

  private spoil(name: FrameFault, random: Random, market: FakeMarket, frame: string): void {
    if (name === "reorder") return this.delay(market, frame, between(random, 50, 300));
    this.send(market, frame);
    if (name === "duplicate") {
      const delay = random() < 0.5 ? 0 : between(random, 0, 500);
      this.later(delay, () => this.floor.send(market, frame));
    } else {
      const fit = badFrames(frame).filter((odd) => {
        return isOversized(odd) === (name === "oversized") && !isFatal(odd);
      });
      this.floor.send(market, fit[Math.floor(random() * fit.length)].frame);
    }
    this.floor.count(name, 1);
  }

  private delay(market: FakeMarket, frame: string, milliseconds: number): void {
    const before = this.sent.get(market) ?? 0;
    this.later(milliseconds, () => {
      if ((this.sent.get(market) ?? 0) > before) this.floor.count("reorder", 1);
      this.send(market, frame);
    });
  }

  private later(milliseconds: number, run: () => void): void {
    this.floor.schedule.add(this.floor.now() + milliseconds, run);
  }

  private hold(milliseconds: number): void {
    this.holds++;
    this.later(milliseconds, () => {
      if (--this.holds > 0) return;
      if (this.held.length > 1) this.floor.count("burst", 1);
      for (const { market, frame } of this.held) this.send(market, frame);
      this.held = [];
    });
  }
}
