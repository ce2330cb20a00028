import type { Clock } from "../ports/clock.ts";

/** So long an instrument rests that could not be collected once, and the longest that any does, in ms. */
const REST = 60_000, LONGEST = 16 * REST;

/** One that went well for so long after its rest has a short one again, in milliseconds. */
const FORGOTTEN = 60 * REST;

/**
 * Instruments that could not be collected. Each is tried again after a minute, then after two, after four
 * and so on: what its exchange or the network refused once it may grant later.
 */
export class UnfitInstruments {
  private readonly seen = new Map<string, { why: string; rest: number; until: number }>();

  constructor(private readonly clock: Clock) {}

  /** Takes note that one could not be collected, and why. Returns how long it rests, in milliseconds. */
  add(name: string, why: string): number {
    const now = this.clock.monotonic(), last = this.seen.get(name);
    const isNew = !last || now - last.until > FORGOTTEN;
    const rest = isNew ? REST : Math.min(LONGEST, 2 * last.rest);
    this.seen.set(name, { why, rest, until: now + rest });
    return rest;
  }

  /** Why one is not collected now; `undefined` if it can be tried. */
  why(name: string): string | undefined {
    const last = this.seen.get(name);
    return last && this.clock.monotonic() < last.until ? last.why : undefined;
  }
}
