import type { CollectorStats } from "../../engine/live/collector_stats.ts";
import type { TapeRow } from "../../engine/market/tape.ts";
import type { Store } from "../../engine/ports/store.ts";
import { FAULT_CLASSES, type FaultClass, faultPlan } from "../support/fake_exchange/fault_plan.ts";
import type { FaultRun } from "./report.ts";
import { tapeRun } from "./tape_run.ts";

/** What is run: a tape through an exchange that goes wrong by a seed. */
export interface FeedRunOptions {
  seed: number;
  rows: readonly TapeRow[];
  /** So many times faster than it was. */
  pace: number;
  store: Store;
  /** Off for the control: then trades have to be lost. */
  backfill: boolean;
  /** Told what happens. */
  tell?: (message: string) => void;
  /** See `TapeRunOptions`. */
  progress?: (share: number) => void;
  signal?: AbortSignal;
}

/** What came of it. */
export interface FeedRun extends FaultRun {
  dialect: "okx" | "binance";
  /** The class of fault that was injected, or all of them. */
  faults: FaultClass | "all";
  stats: CollectorStats;
}

/** What the seed chooses: every class comes in turn, then all at once. */
export function kindOf(seed: number): Pick<FeedRun, "dialect" | "faults"> {
  const kinds = [...FAULT_CLASSES, "all" as const];
  return {
    faults: kinds[seed % kinds.length],
    dialect: Math.floor(seed / kinds.length) % 2 === 0 ? "okx" : "binance",
  };
}

/** Runs a tape through exchange, ccxt, collector and database, and compares what is stored. */
export async function feedRun(options: FeedRunOptions): Promise<FeedRun> {
  const { seed, rows, backfill, ...common } = options, kind = kindOf(seed);
  const plan = faultPlan(seed, kind.faults === "all" ? FAULT_CLASSES : [kind.faults]);
  const tape = {
    ...common,
    seed,
    rows,
    dialect: kind.dialect,
    faults: plan,
    settings: { backfill },
  };
  let injected: FeedRun["injected"] = {};
  const { seen, ...run } = await tapeRun(tape, (exchange) => {
    injected = exchange.injected;
    return Promise.resolve();
  });
  const start = rows[0].trade.timestamp, span = rows.at(-1)!.trade.timestamp - start;
  const ends = plan.faults.map(({ at, lasts }) => start + at * span + lasts);
  return { seed, ...kind, injected, ...run, recoveries: ends.map((end) => recovery(seen, end)) };
}

/** How long after `end` it took until everything up to then was observed. */
function recovery(seen: readonly { at: number; through: number }[], end: number): number {
  const first = seen.find(({ through }) => through >= end);
  return first ? Math.max(0, first.at - end) : Infinity;
}
