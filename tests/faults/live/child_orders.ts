import type { ChildClock } from "./child_clock.ts";
import type { KillPoint } from "./kill_points.ts";

/** What a live process of a run is told when it begins, as JSON. */
export interface ChildOrders {
  clock: ChildClock;
  /** Where it is to kill itself, and which time that it comes by. */
  kill?: { point: KillPoint; nth: number };
  grace: number;
  end: number;
  splits: boolean;
}

/** What it is told later, a line of JSON each. */
export type ChildOrder = { clock: Partial<ChildClock> } | {
  signal: "SIGTERM" | "SIGKILL" | "SIGSTOP";
} | {
  /** It kills itself the next time that it comes by its point, or never; says `SPARED` of the latter. */
  kill: "next" | "never";
};

/** What a process says that will not kill itself any more. */
export const SPARED = "spared";
