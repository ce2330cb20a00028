import type { CollectorStats } from "../../engine/live/collector/collector_stats.ts";
import type { TapeRow } from "../../engine/market/tape.ts";
import { instrumentKey } from "../../engine/market/trade.ts";
import type { Store } from "../../engine/ports/store.ts";
import type { DialectName } from "../support/fake_exchange/dialect.ts";
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

/** Who is listened to: a venue, or one of which it is forgotten that its ids count up. */
export const LISTENED = ["okx", "binance", "coinbase", "kraken", "loose"] as const;

/** What came of it. */
export interface FeedRun extends FaultRun {
  listened: typeof LISTENED[number];
  /** The class of fault that was injected, or all of them. */
  faults: FaultClass | "all";
  stats: CollectorStats;
}

/** What the seed chooses: every class and every venue comes in turn, and each with each. */
export function kindOf(seed: number): Pick<FeedRun, "listened" | "faults"> {
  const kinds = [...FAULT_CLASSES, "all" as const];
  return { faults: kinds[seed % kinds.length], listened: LISTENED[seed % LISTENED.length] };
}

/** The dialect in which a venue is played. Pages that are cut at either end are met where ids tell nothing. */
function dialectOf(seed: number): DialectName {
  const { listened } = kindOf(seed);
  if (listened !== "loose") return listened;
  return Math.floor(seed / LISTENED.length) % 2 === 0 ? "kraken" : "coinbase";
}

/** Coinbase gives so many trades at once, of whole seconds: of more in a second nobody has the others. */
const MOST_A_SECOND = 1_000;

/** The rows of instruments that can be had as a whole. */
function servable(rows: readonly TapeRow[], dialect: DialectName): readonly TapeRow[] {
  if (dialect !== "coinbase") return rows;
  const counts = new Map<string, number>(), crowded = new Set<string>();
  for (const { instrument, trade } of rows) {
    const key = instrumentKey(instrument), second = `${key} ${Math.floor(trade.timestamp / 1_000)}`;
    counts.set(second, (counts.get(second) ?? 0) + 1);
    if (counts.get(second)! > MOST_A_SECOND / 2) crowded.add(key);
  }
  return rows.filter(({ instrument }) => !crowded.has(instrumentKey(instrument)));
}

/** Runs a tape through exchange, ccxt, collector and database, and compares what is stored. */
export async function feedRun(options: FeedRunOptions): Promise<FeedRun> {
  const { seed, rows, backfill, ...common } = options, kind = kindOf(seed);
  const dialect = dialectOf(seed), served = servable(rows, dialect);
  const plan = faultPlan(seed, kind.faults === "all" ? FAULT_CLASSES : [kind.faults]);
  const tape = {
    ...common,
    seed,
    rows: served,
    dialect,
    faults: plan,
    settings: { backfill, counts: kind.listened !== "loose" },
  };
  let injected: FeedRun["injected"] = {};
  const { seen, ...run } = await tapeRun(tape, (exchange) => {
    injected = exchange.injected;
    return Promise.resolve();
  });
  const start = served[0].trade.timestamp, span = served.at(-1)!.trade.timestamp - start;
  const ends = plan.faults.map(({ at, lasts }) => start + at * span + lasts);
  return { seed, ...kind, injected, ...run, recoveries: ends.map((end) => recovery(seen, end)) };
}

/** How long after `end` it took until everything up to then was observed. */
function recovery(seen: readonly { at: number; through: number }[], end: number): number {
  const first = seen.find(({ through }) => through >= end);
  return first ? Math.max(0, first.at - end) : Infinity;
}
