import type { CollectorStats } from "../../engine/live/collector/collector_stats.ts";
import { note } from "../../engine/cli/output.ts";
import type { TapeRow } from "../../engine/market/tape.ts";
import { databaseUrl } from "../../engine/storage/postgres/connection.ts";
import { createDatabase, dropDatabase } from "../../engine/storage/postgres/databases.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { findServer } from "../../engine/storage/server.ts";
import { type FeedRun, feedRun, type FeedRunOptions } from "./feed_run.ts";
import { OUTAGES } from "./outages.ts";
import type { Around, FaultRun } from "./report.ts";
import { sideBySide } from "./side_by_side.ts";
import { outageOf, storeRun } from "./store_run.ts";
import { skipped } from "./with_servers.ts";

/** What all runs have in common. */
export interface PartOptions {
  pace: number;
  backfill: boolean;
  signal: AbortSignal;
  progress?: (share: number) => void;
  /** Their seeds. */
  all: readonly number[];
  rows: readonly TapeRow[];
  tell?: (message: string) => void;
}

/** Runs the exchange alone with its faults: no bots. */
export async function runFeeds(runs: FaultRun[], { all, ...common }: PartOptions): Promise<Around> {
  const server = await findServer(note), { backfill, pace, tell } = common;
  const recovery = `Recovery is in seconds of the exchange's clock, of which ${pace} pass in a ` +
    `second of this machine's.`;
  try {
    await sideBySide(all, common.signal, async (seed) => {
      const run = await inDatabase(server.url, { ...common, seed });
      report(runs, run, `${run.listened}, ${run.faults}`, all.length, run.stats);
    });
    if (!backfill || tell) return { recovery };
    note("The control: a run whose connection is cut, with nothing fetched that was missed");
    const control = await inDatabase(server.url, { ...common, seed: 0, backfill: false });
    return { control, recovery };
  } finally {
    await server.release();
  }
}

/** Runs database and Redis alone with their outages: no bots. */
export async function runStores(
  runs: FaultRun[],
  { all, ...common }: PartOptions,
): Promise<Around> {
  const why = OUTAGES.map((name) => [name, skipped(name)] as const);
  const not = Object.fromEntries(why.flatMap(([name, word]) => word ? [[name, word]] : []));
  const wanted = all.filter((seed) => !(outageOf(seed) in not));
  await sideBySide(wanted, common.signal, async (seed) => {
    const run = await storeRun({ ...common, seed });
    report(runs, run, run.faults, wanted.length, run.stats);
  });
  const recovery = "Recovery is in seconds from the server's return until everything was stored.";
  return { skipped: not, recovery };
}

async function inDatabase(
  server: string,
  options: Omit<FeedRunOptions, "store">,
): Promise<FeedRun> {
  const name = `lockstep_faults_${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
  await createDatabase(server, name, { throwaway: true });
  try {
    const store = await openStore(databaseUrl(server, name));
    try {
      return await feedRun({ ...options, store });
    } finally {
      await store.close();
    }
  } finally {
    await dropDatabase(server, name);
  }
}

/** Takes note of a run, and says so if it went wrong, or now and then. */
function report(
  runs: FaultRun[],
  run: FaultRun,
  kind: string,
  all: number,
  stats: CollectorStats,
): void {
  runs.push(run);
  const { seed, lost, duplicated, different, stuck } = run;
  const bad = lost + duplicated + different > 0 || stuck;
  if (!bad && all > 1 && runs.length % 10 !== 0) return;
  const problem = `lost ${lost}, duplicated ${duplicated}, different ${different}`;
  note(
    `${runs.length} of ${all}: seed ${seed}, ${kind}: ${problem}${stuck ? ", stuck" : ""} ` +
      JSON.stringify(stats),
  );
}
