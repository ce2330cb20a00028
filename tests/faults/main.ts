/** `deno task faults`: lets go wrong what goes wrong in practice, and counts what is lost. */
import { Command, InvalidArgumentError } from "commander";
import { errorText } from "../../engine/cli/error_text.ts";
import { note, print } from "../../engine/cli/output.ts";
import { stopSignal } from "../../engine/cli/stop_signal.ts";
import { guardDriver } from "../../engine/cli/driver_guard.ts";
import type { CollectorStats } from "../../engine/live/collector_stats.ts";
import { InputError } from "../../engine/market/errors.ts";
import type { TapeRow } from "../../engine/market/tape.ts";
import { findServer } from "../../engine/storage/server.ts";
import { databaseUrl } from "../../engine/storage/postgres/connection.ts";
import { createDatabase, dropDatabase } from "../../engine/storage/postgres/databases.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { quietly } from "../support/fake_exchange/quietly.ts";
import { tapeRows } from "../support/fake_exchange/tape_rows.ts";
import { sharedPath } from "../support/shared.ts";
import { type FeedRun, feedRun, type FeedRunOptions } from "./feed_run.ts";
import { OUTAGES } from "./outages.ts";
import { type Around, type FaultRun, isClean, reportJson, reportText } from "./report.ts";
import { sideBySide } from "./side_by_side.ts";
import { outageOf, storeRun } from "./store_run.ts";
import { skipped } from "./with_servers.ts";

interface Options {
  only?: "feed" | "store";
  seeds: number;
  seed?: number;
  tape?: string;
  pace: number;
  json?: boolean;
  backfill: boolean;
}

const TAPE = "data/trades_binance_all6_recv_order_20240808.csv.gz";
const SAMPLE = new URL("../../data/sample_tape.csv.gz", import.meta.url).pathname;

const command = new Command("faults")
  .description(
    "Let an exchange or the database go wrong on a seeded schedule, and compare what is stored with " +
      "what was served",
  )
  .option("--only <part>", "what goes wrong: feed (the exchange) or store (database, Redis)", part)
  .option("--seeds <n>", "so many runs, seeds 0 to n - 1", countOfSome, 36)
  .option("--seed <n>", "only this run, telling what happens", count)
  .option("--tape <file>", "the trades that are served: six instruments of Binance, or the sample")
  .option("--pace <n>", "times faster than the tape was", countOfSome, 60)
  .option("--no-backfill", "the control: nothing that was missed is fetched, and trades are lost")
  .option("--json", "print it for programs")
  .addHelpText("after", "\nExample:\n  deno task faults --only feed --seeds 200")
  .action(run);

function part(text: string): string {
  if (["feed", "store"].includes(text)) return text;
  throw new InvalidArgumentError("There are: feed, store.");
}

function count(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number.");
}

function countOfSome(text: string): number {
  if (count(text) > 0) return count(text);
  throw new InvalidArgumentError("It must be a whole number of 1 or more.");
}

async function run(options: Options, own: Command): Promise<void> {
  const { only = "feed", seeds, seed, tape, json, ...more } = options;
  refuseIdle(own, options);
  guardDriver();
  const rows = await tapeRows(tape ?? await theTape());
  const all = seed === undefined ? Array.from({ length: seeds }, (_, i) => i) : [seed];
  const signal = stopSignal("what was set up is put away first");
  const one = seed === undefined ? undefined : { tell: note, progress: tenths() };
  const given = { all, rows, signal, ...one, ...more };
  const runs: FaultRun[] = [];
  let around: Around = {};
  await quietly(async () => {
    around = await (only === "feed" ? runFeeds(runs, given) : runStores(runs, given));
  });
  runs.sort((a, b) => a.seed - b.seed);
  print(json ? JSON.stringify(reportJson(runs, around), null, 2) : reportText(runs, around));
  Deno.exitCode = isClean(runs, around.control) ? 0 : 1;
}

/** Refuses flags that would do nothing. */
function refuseIdle(own: Command, { only, seed }: Options): void {
  const isGiven = (name: keyof Options) => own.getOptionValueSource(name) === "cli";
  if (seed !== undefined && isGiven("seeds")) throw new InputError("Give --seed or --seeds");
  if (only === "store" && isGiven("backfill")) {
    throw new InputError("--no-backfill is for the feed: leave --only store out, or it");
  }
}

/** Says how far a run is, a line for every tenth of the tape. */
function tenths(): (share: number) => void {
  let next = 0.1;
  return (share) => {
    if (share < next) return;
    note(`${Math.floor(100 * share)} % of the tape was served`);
    next = Math.floor(10 * share + 1) / 10;
  };
}

/** What all runs have in common. */
interface Given extends Pick<Options, "pace" | "backfill"> {
  signal: AbortSignal;
  progress?: (share: number) => void;
  /** Their seeds. */
  all: readonly number[];
  rows: readonly TapeRow[];
  tell?: (message: string) => void;
}

async function runFeeds(runs: FaultRun[], { all, ...common }: Given): Promise<Around> {
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

async function runStores(runs: FaultRun[], { all, ...common }: Given): Promise<Around> {
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

/** The real tape where it is, else the sample. */
async function theTape(): Promise<string> {
  const real = sharedPath(TAPE);
  return await Deno.stat(real).then(() => real, () => SAMPLE);
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

/** Runs the command; returns the exit code. */
async function main(): Promise<number> {
  try {
    await command.parseAsync(Deno.args, { from: "user" });
    return Number(Deno.exitCode);
  } catch (error) {
    const isStopped = error instanceof DOMException && error.name === "AbortError";
    note(isStopped ? "Stopped" : errorText(error));
    return isStopped ? INTERRUPTED : 1;
  }
}

/** The exit code of a program that was interrupted. */
const INTERRUPTED = 130;

if (import.meta.main) Deno.exit(await main());
