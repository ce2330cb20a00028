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

/** The time that a process comes by a point at which a seed kills it: the first one, too. */
export function killAt(seed: number, point: KillPoint): { point: KillPoint; nth: number } {
  return { point, nth: Math.floor(1 + (PASSED[point] - 1) * seededRandom(seed)()) };
}
