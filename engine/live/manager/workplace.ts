import type { Claim } from "../../ports/bots.ts";
import type { Bus } from "../../ports/bus.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Store } from "../../ports/store.ts";
import type { Tell } from "../../ports/tell.ts";

/** What the bots of one manager share. */
export interface Workplace {
  store: Store;
  bus: Bus;
  clock: Clock;
  log: Tell;
  /** How bots are taken over. */
  claim: Omit<Claim, "starts">;
  /** Aborts when they are to stop. */
  stopping: AbortSignal;
}

/**
 * Whether a bot is looked after here, still: another runner may have it (`elsewhere`), or somebody else
 * may have stopped or finished it (`ended`).
 */
export type WorkerState = "working" | "quarantined" | "elsewhere" | "ended";
