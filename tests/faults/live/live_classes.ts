import { seededRandom } from "../../../data/random.ts";
import { KILL_POINTS, type KillPoint, PASSED } from "./kill_points.ts";
import type { LiveDialect } from "./played_market.ts";

/** What can happen to live processes and to what they work with. */
export const LIVE_CLASSES = [
  "killAnywhere",
  ...KILL_POINTS,
  "databaseKill",
  "databaseStop",
  "databaseFull",
  "redis",
  "exchange",
  "runners",
  "clock",
  "combined",
] as const;

export type LiveClass = typeof LIVE_CLASSES[number];

/** What a seed chooses. */
export interface LiveKind {
  faults: LiveClass;
  dialect: LiveDialect;
  bus: "redis" | "postgres";
}

/** What happens in a run: every class comes in turn, and each with each exchange and bus. */
export function liveKind(
  seed: number,
  classes: readonly LiveClass[] = LIVE_CLASSES,
): LiveKind {
  const faults = classes[seed % classes.length], turn = Math.floor(seed / classes.length);
  return {
    faults,
    // It has no candles of one second with which bots could begin.
    dialect: turn % 4 === 3 ? "okx" : "binance",
    bus: faults === "redis" || turn % 3 === 1 ? "redis" : "postgres",
  };
}

/**
 * The time that a process comes by a point at which a seed kills it. One that dies before anything of a market
 * is stored leaves nobody who knows that it was listened to: where the exchange has no candles of one second
 * the bots' first ones are missing then. So those are let live for a moment.
 */
export function killAt(
  seed: number,
  point: KillPoint,
  dialect: LiveDialect,
): { point: KillPoint; nth: number } {
  const first = dialect === "okx" ? PASSED[point] / 4 : 1;
  return { point, nth: Math.floor(first + (PASSED[point] - first) * seededRandom(seed)()) };
}

/** The share of a run before which nobody is killed, for the same reason. */
export function firstKill(dialect: LiveDialect): number {
  return dialect === "okx" ? 0.1 : 0.02;
}
