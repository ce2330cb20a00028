import { Command, InvalidArgumentError, Option } from "commander";
import { counted } from "../market/counted.ts";
import { InputError } from "../market/errors.ts";
import { readFundingCsv } from "../market/funding_csv.ts";
import { judgementText } from "../research/overfitting/judgement_text.ts";
import { SWEEP_NUMBERS, type SweepNumber } from "../research/sweep/numbers.ts";
import type { ParameterSets, ParameterSpace } from "../research/sweep/parameter_sets.ts";
import type { SweepResult } from "../research/sweep/sweep_result.ts";
import type { SweepOptions, Tried } from "../search/sweep_options.ts";
import { trialsFile } from "../storage/trials/file.ts";
import { sqliteLedger } from "../storage/trials/sqlite_ledger.ts";
import { CANDLES_ARE } from "./backtest_candles.ts";
import {
  accountOf,
  type FixedOptions,
  given,
  readCandles,
  timeframeOf,
  withRunOptions,
} from "./backtest_run.ts";
import { instrumentCandles } from "./instrument_candles.ts";
import { jsonObject, wholeFrom } from "./options.ts";
import { note, print } from "./output.ts";
import { runSearch, type Search } from "./run_search.ts";
import {
  allowsOf,
  askedMethod,
  isStaged,
  type SearchFlags,
  setsOf,
  spaceOf,
  withMethods,
} from "./search_flags.ts";
import { type Chosen, searchHash } from "./search_hash.ts";
import { readStrategyFile, type StrategyFile } from "./strategy_file.ts";
import { sweepJson, sweepTable } from "./sweep_output.ts";

interface Options extends FixedOptions, SearchFlags {
  candles: string;
  rank: SweepNumber[];
  keep?: number;
  workers?: number;
  distributed?: boolean;
  out?: string;
  json?: boolean;
}

const SPACE = '{"fast":"5..50","slow":"20..200:5"}';

/** `sweep STRATEGY.ts|CONFIG.json --candles FILE --params '{"fast":"5..50"}'` */
export function sweepCommand(): Command {
  const command = new Command()
    .description("Backtest a strategy under many sets of parameters, and rank them")
    .argument("<strategy>", "a strategy (STRATEGY.ts) or a promoted config (CONFIG.json)")
    .requiredOption("--candles <candles>", CANDLES_ARE);
  return withMethods(withRunOptions(command, spaceOption()))
    .addOption(
      new Option(
        "--rank <numbers>",
        `by what sets are ranked, best first: ${
          SWEEP_NUMBERS.join(", ")
        }; or several with commas, ` +
          "which keeps the sets that no other beats in all of them",
      ).argParser(rankOf).default(["sharpe"], "sharpe"),
    )
    .addOption(
      new Option(
        "--keep <count>",
        "how many of the best are told: a number, or all; 20 unless given, or those that no other beats",
      ).argParser(keepOf),
    )
    .option("--workers <count>", "processors that work on it; all unless given", wholeFrom(1))
    .option("--distributed", "have all `deno task worker` do it, on this machine and others")
    .option("--out <file>", "write them to a CSV file; a sweep that is ended goes on there")
    .option("--json", "print one JSON object instead of a table")
    .addHelpText(
      "after",
      `
Each parameter takes values: "5..50", "20..200:5", "5,8,13", or a list. Every set is a backtest of its own.
docs/search.md says what each method is for; all but a grid take "0.5..3" of a parameter that is no whole
number as all values between.

Example:
  deno task sweep strategies/sma_cross.ts --candles data/sample_candles_1h.csv.gz \\
    --params '${SPACE}' --out sweep.csv`,
    )
    .action(run);
}

/** The flag that says what parameters take. */
export function spaceOption(): Option {
  return new Option("--params <json>", `values that parameters take, such as '${SPACE}'`)
    .argParser(jsonObject<ParameterSpace>(SPACE)).makeOptionMandatory();
}

function rankOf(text: string): SweepNumber[] {
  const names = text.split(",").map((name) => name.trim());
  const isKnown = (name: string): name is SweepNumber =>
    (SWEEP_NUMBERS as readonly string[]).includes(name);
  if (names.every(isKnown) && new Set(names).size === names.length) return names;
  throw new InvalidArgumentError(`Allowed are ${SWEEP_NUMBERS.join(", ")}, or several, each once.`);
}

function keepOf(text: string): number {
  return text === "all" ? Infinity : wholeFrom(1)(text);
}

async function run(path: string, options: Options): Promise<void> {
  const { keep, rank, workers, start, distributed, json } = options;
  if (distributed && workers !== undefined) {
    throw new InputError(
      "--workers is of one machine: with --distributed, each worker has its own",
    );
  }
  const file = await readStrategyFile(path), { strategy, config } = file;
  const method = askedMethod(options), goesOn = isStaged(method) && !distributed;
  const sets = goesOn ? spaceOf(file, options) : setsOf(file, options);
  const candles = await readCandles(options.candles, options, config);
  for (const line of candles.notes) note(`Note: ${line}`);
  const instruments = await instrumentCandles(strategy, options.candles, options, config);
  const funding = options.funding === undefined ? undefined : await readFundingCsv(options.funding);
  const clocks = { start, timeframe: timeframeOf(options, config) };
  const further = given({ keep, workers, ...clocks, instruments, funding });
  const stages = goesOn ? { ...method, seed: options.seed, where: allowsOf(file, options) } : {};
  const ledger = sqliteLedger(trialsFile());
  const asked: SweepOptions = {
    account: accountOf(file, options),
    rank,
    ledger,
    ...further,
    ...stages,
  };
  const hash = searchHash(strategy, candles, asked, chosenOf(file, sets, options));
  const search: Search = { strategy, candles, sets, asked, hash };
  const { found, judgement } = distributed
    ? await sharedOut(search, file, options)
    : await runSearch(search, options.out);
  const lines = judgementText(judgement);
  print(json ? sweepJson(found, judgement) : [shown(found, options.out), ...lines].join("\n"));
}

function shown(result: SweepResult, out: string | undefined): string {
  const { best, length, sets: { note } } = result;
  if (out === undefined) return sweepTable(result);
  const written = `${out}: ${counted(best.length)} of ${counted(length)} sets`;
  return note === undefined ? written : `${written}\n${note}`;
}

/** What shares searches out loads packages that no other sweep needs, so it is loaded by this name. */
const SHARING_OUT = "./distributed_sweep.ts";

async function sharedOut(search: Search, file: StrategyFile, options: Options) {
  const { distributedSweep }: typeof import("./distributed_sweep.ts") = await import(SHARING_OUT);
  return await distributedSweep(search, file, options);
}

/** What of the flags says which sets are tried. */
function chosenOf(file: StrategyFile, sets: Tried, options: Options): Chosen {
  const { method, count } = askedMethod(options), { where, seed } = options;
  const isGrid = method === "grid", all = isGrid ? (sets as ParameterSets).length : count!;
  return { space: spaceOf(file, options), where, count: all, ...(!isGrid && { method, seed }) };
}
