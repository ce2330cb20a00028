/** `deno task faults`: lets go wrong what goes wrong in practice, and counts what is lost. */
import { Command, InvalidArgumentError } from "commander";
import { note, print } from "../../engine/cli/output.ts";
import { guardDriver } from "../../engine/cli/driver_guard.ts";
import { findServer } from "../../engine/storage/server.ts";
import { databaseUrl } from "../../engine/storage/postgres/connection.ts";
import { createDatabase, dropDatabase } from "../../engine/storage/postgres/databases.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { quietly } from "../support/fake_exchange/quietly.ts";
import { tapeRows } from "../support/fake_exchange/tape_rows.ts";
import { sharedPath } from "../support/shared.ts";
import { type FeedRun, feedRun, type FeedRunOptions, kindOf } from "./feed_run.ts";
import { isClean, reportJson, reportText } from "./report.ts";

interface Options {
  only: string;
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
    "Let an exchange go wrong on a seeded schedule, and compare what is stored with what it served",
  )
  .option("--only <part>", "what goes wrong: feed", part, "feed")
  .option("--seeds <n>", "so many runs, seeds 0 to n - 1", count, 36)
  .option("--seed <n>", "only this run, telling what happens", count)
  .option("--tape <file>", "the trades that are served: six instruments of Binance, or the sample")
  .option("--pace <n>", "times faster than the tape was", count, 60)
  .option("--no-backfill", "the control: nothing that was missed is fetched, and trades are lost")
  .option("--json", "print it for programs")
  .addHelpText("after", "\nExample:\n  deno task faults --only feed --seeds 200")
  .action(run);

function part(text: string): string {
  if (text === "feed") return text;
  throw new InvalidArgumentError("There is: feed.");
}

function count(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number.");
}

async function run({ seeds, seed, tape, pace, json, backfill }: Options): Promise<void> {
  guardDriver();
  const rows = await tapeRows(tape ?? await theTape());
  const all = seed === undefined ? Array.from({ length: seeds }, (_, i) => i) : [seed];
  const runs: FeedRun[] = [], server = await findServer(note), pending = [...all];
  const one = async () => {
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      const telling = seed === undefined ? {} : { tell: note };
      runs.push(await inDatabase(server.url, { seed: next, rows, pace, backfill, ...telling }));
      tell(runs, all.length);
    }
  };
  let control: FeedRun | undefined;
  try {
    await quietly(async () => {
      await Promise.all(Array.from({ length: SIDE_BY_SIDE }, one));
      if (!backfill || seed !== undefined) return;
      note("The control: a run whose connection is cut, with nothing fetched that was missed");
      control = await inDatabase(server.url, { seed: 0, rows, pace, backfill: false });
    });
  } finally {
    await server.release();
  }
  runs.sort((a, b) => a.seed - b.seed);
  print(
    json ? JSON.stringify(reportJson(runs, control), null, 2) : reportText(runs, control, pace),
  );
  Deno.exitCode = isClean(runs, control) ? 0 : 1;
}

/** Runs at once: more do not go faster on two cores. */
const SIDE_BY_SIDE = 2;

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

function tell(runs: readonly FeedRun[], all: number): void {
  const { seed, lost, duplicated, different, stuck, stats } = runs.at(-1)!;
  const { dialect, faults } = kindOf(seed);
  const bad = lost + duplicated + different > 0 || stuck;
  if (!bad && runs.length % 10 !== 0) return;
  const problem = `lost ${lost}, duplicated ${duplicated}, different ${different}${
    stuck ? ", stuck" : ""
  }`;
  note(
    `${runs.length} of ${all}: seed ${seed}, ${dialect}, ${faults}: ${problem} ${
      JSON.stringify(stats)
    }`,
  );
}

if (import.meta.main) {
  await command.parseAsync(Deno.args, { from: "user" });
  Deno.exit(Deno.exitCode);
}
