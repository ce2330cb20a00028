/** `deno task faults`: lets go wrong what goes wrong in practice, and counts what is lost. */
import { Command, InvalidArgumentError } from "commander";
import { errorText } from "../../engine/cli/error_text.ts";
import { note, print } from "../../engine/cli/output.ts";
import { stopSignal } from "../../engine/cli/stop_signal.ts";
import { guardDriver } from "../../engine/cli/driver_guard.ts";
import { InputError } from "../../engine/market/errors.ts";
import type { TapeRow } from "../../engine/market/tape.ts";
import { quietly } from "../support/fake_exchange/quietly.ts";
import { tapeRows } from "../support/fake_exchange/tape_rows.ts";
import { findServer } from "../../engine/storage/server.ts";
import { sharedPath } from "../support/shared.ts";
import { LIVE_CLASSES, type LiveClass } from "./live/live_classes.ts";
import { isLiveClean, liveReportJson, liveReportText } from "./live/live_report.ts";
import { type LiveSuite, liveSuite } from "./live/live_suite.ts";
import { runFeeds, runStores } from "./part_suite.ts";
import { type Around, type FaultRun, isClean, reportJson, reportText } from "./report.ts";

interface Options {
  only?: Part | readonly LiveClass[];
  seeds: number;
  seed?: number;
  tape?: string;
  pace: number;
  json?: boolean;
  backfill: boolean;
  control?: "split";
  scale?: number[];
  hours?: number;
}

/** What is run without bots: one part of the way alone, under more than the whole has time for. */
type Part = typeof PARTS[number];
const PARTS = ["feed", "store"] as const;

import { dayText, leaks } from "./day/day_report.ts";
import { dayRun } from "./day/day_run.ts";
import { scaleRows, scaleText } from "./scale/scale_report.ts";
import { type ScaleRun, scaleRun } from "./scale/scale_run.ts";

const TAPE = "data/trades_binance_all6_recv_order_20240808.csv.gz";
const SAMPLE = new URL("../../data/sample_tape.csv.gz", import.meta.url).pathname;

const command = new Command("faults")
  .description(
    "Let live processes and all that they work with go wrong on a seeded schedule, and compare what " +
      "they leave with what an undisturbed one does",
  )
  .option(
    "--only <what>",
    `what goes wrong, of ${
      LIVE_CLASSES.join(", ")
    }; or one part without bots: feed (the exchange, ` +
      "with more classes of faults) or store (database, Redis)",
    whatGoesWrong,
  )
  .option("--seeds <n>", "so many runs: the first seeds of what is chosen", countOfSome, 30)
  .option("--seed <n>", "only this run, telling what happens", count)
  .option("--tape <file>", "the trades that are served: six instruments of Binance, or the sample")
  .option("--pace <n>", "times faster than the tape was", countOfSome, 60)
  .option("--no-backfill", "the control: nothing that was missed is fetched, and trades are lost")
  .option("--control <what>", "split: decisions are two transactions, and rows are lost", control)
  .option("--scale <n,…>", "nothing goes wrong: so many bots on one process, and how fast", counts)
  .option(
    "--hours <n>",
    "so many hours of a made market at full speed: does anything leak?",
    countOfSome,
  )
  .option("--json", "print it for programs")
  .addHelpText(
    "after",
    "\nExamples:\n  deno task faults --seeds 300\n  deno task faults --only feed --seeds 200",
  )
  .action(run);

function whatGoesWrong(text: string): Part | LiveClass[] {
  const part = PARTS.find((name) => name === text), names = text.split(",");
  if (part) return part;
  const classes = names.map((name) => LIVE_CLASSES.find((one) => one === name));
  if (classes.every((one) => one !== undefined)) return classes;
  throw new InvalidArgumentError(`There are: ${[...PARTS, ...LIVE_CLASSES].join(", ")}.`);
}

function control(text: string): string {
  if (text === "split") return text;
  throw new InvalidArgumentError("There is: split.");
}

function counts(text: string): number[] {
  return text.split(",").map(countOfSome);
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
  refuseIdle(own, options);
  guardDriver();
  if (options.scale) return await runScale(options.scale, options);
  if (options.hours) return await runHours(options.hours, options);
  const rows = await tapeRows(options.tape ?? await theTape());
  const { only } = options;
  if (only === "feed" || only === "store") await runPart(only, rows, options);
  else await runLive(only, rows, options);
}

async function runScale(all: readonly number[], { json }: Options): Promise<void> {
  const server = await findServer(note), runs: ScaleRun[] = [];
  try {
    for (const bots of all) {
      runs.push(await scaleRun(bots, server.url));
      note(`${bots} bots were measured`);
    }
  } finally {
    await server.release();
  }
  const rows = scaleRows(runs);
  print(json ? JSON.stringify(rows, null, 2) : scaleText(rows));
}

async function runHours(hours: number, { json }: Options): Promise<void> {
  const server = await findServer(note);
  try {
    const run = await dayRun(hours, server.url);
    print(json ? JSON.stringify(run, null, 2) : dayText(run));
    Deno.exitCode = leaks(run).length === 0 ? 0 : 1;
  } finally {
    await server.release();
  }
}

async function runLive(
  only: readonly LiveClass[] | undefined,
  rows: readonly TapeRow[],
  { seeds, seed, control, json }: Options,
): Promise<void> {
  const signal = stopSignal("what was set up is put away first"), splits = control === "split";
  const wanted = seed === undefined ? seeds : { one: seed };
  let came: LiveSuite | undefined;
  await quietly(async () => {
    came = await liveSuite({ rows, only, seeds: wanted, splits, signal });
  });
  const { runs, around } = came!;
  print(
    json ? JSON.stringify(liveReportJson(runs, around), null, 2) : liveReportText(runs, around),
  );
  Deno.exitCode = isLiveClean(runs, around.control) ? 0 : 1;
}

async function runPart(only: Part, rows: readonly TapeRow[], options: Options): Promise<void> {
  const { seeds, seed, tape: _, json, ...more } = options;
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
function refuseIdle(own: Command, { only, seed, scale, hours }: Options): void {
  const isGiven = (name: keyof Options) => own.getOptionValueSource(name) === "cli";
  if (seed !== undefined && isGiven("seeds")) throw new InputError("Give --seed or --seeds");
  if (only !== "feed" && isGiven("backfill")) {
    throw new InputError("--no-backfill is for the feed: say --only feed, or leave it out");
  }
  if (scale || hours) {
    const idle = (["only", "seeds", "seed", "control", "tape", "pace"] as const).find(isGiven);
    if (idle) {
      throw new InputError(`--scale and --hours run by themselves: leave --${idle} out, or it`);
    }
  }
  const isPart = only === "feed" || only === "store";
  if (!isPart && isGiven("pace")) {
    throw new InputError("--pace is for --only feed and --only store");
  }
  if (isPart && isGiven("control")) {
    throw new InputError("--control is for bots: leave --only feed or store out, or it");
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

/** The real tape where it is, else the sample. */
async function theTape(): Promise<string> {
  const real = sharedPath(TAPE);
  return await Deno.stat(real).then(() => real, () => SAMPLE);
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
