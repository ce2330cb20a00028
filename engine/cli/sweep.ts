import { Command, InvalidArgumentError, Option } from "commander";
import type { Candles } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import { readFundingCsv } from "../market/funding_csv.ts";
import { fingerprint } from "../research/fingerprint.ts";
import { seededRandom } from "../research/seeded_random.ts";
import { judgeSearch } from "../research/overfitting/judge_search.ts";
import { judgementText } from "../research/overfitting/judgement_text.ts";
import { SWEEP_NUMBERS, type SweepNumber } from "../research/sweep/numbers.ts";
import {
  gridSets,
  type ParameterSets,
  type ParameterSpace,
  randomSets,
} from "../research/sweep/parameter_sets.ts";
import { BATCH_SETS } from "../research/sweep/work.ts";
import type { SweepResult } from "../research/sweep/sweep_result.ts";
import { RUN_VERSION } from "../run/run.ts";
import { sweep, type SweepOptions } from "../search/sweep.ts";
import { contentHash } from "../series/canonical.ts";
import { trialsFile } from "../storage/trials/file.ts";
import { sqliteLedger } from "../storage/trials/sqlite_ledger.ts";
import { strategyHash } from "../strategy/strategy_json.ts";
import type { Strategy } from "../strategy/strategy.ts";
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
import { note, print } from "./output.ts";
import { progress } from "./progress.ts";
import { stopSignal } from "./stop_signal.ts";
import { readStrategyFile, type StrategyFile } from "./strategy_file.ts";
import { SweepJournal } from "./sweep_journal.ts";
import { sweepCsv, sweepJson, sweepTable } from "./sweep_output.ts";
import { whereText } from "./where_text.ts";

interface Options extends FixedOptions {
  candles: string;
  params: ParameterSpace;
  where?: string;
  random?: number;
  seed: number;
  rank: SweepNumber;
  keep: number;
  workers?: number;
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
  return withRunOptions(command, spaceOption())
    .option("--where <condition>", `sets that are tried, such as 'fast < slow'`)
    .option("--random <count>", "try so many sets by chance instead of all", wholeFrom(1))
    .option("--seed <number>", "what chance begins with", wholeFrom(0), 1)
    .addOption(
      new Option("--rank <number>", "by what sets are ranked, best first")
        .choices(SWEEP_NUMBERS).default("sharpe"),
    )
    .addOption(
      new Option("--keep <count>", "how many of the best are told: a number, or all")
        .argParser(keepOf).default(20),
    )
    .option("--workers <count>", "processors that work on it; all unless given", wholeFrom(1))
    .option("--out <file>", "write them to a CSV file; a sweep that is ended goes on there")
    .option("--json", "print one JSON object instead of a table")
    .addHelpText(
      "after",
      `
Each parameter takes values: "5..50", "20..200:5", "5,8,13", or a list. Every set is a backtest of its own.

Example:
  deno task sweep strategies/sma_cross.ts --candles data/sample_candles_1h.csv.gz \\
    --params '${SPACE}' --out sweep.csv`,
    )
    .action(run);
}

/** The flag that says what parameters take. */
export function spaceOption(): Option {
  return new Option("--params <json>", `values that parameters take, such as '${SPACE}'`)
    .argParser((text): ParameterSpace => {
      try {
        const value = JSON.parse(text);
        if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
      } catch { /* said below */ }
      throw new InvalidArgumentError(`It must be a JSON object such as '${SPACE}'.`);
    }).makeOptionMandatory();
}

function wholeFrom(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`It must be a whole number of ${least} or more.`);
  };
}

function keepOf(text: string): number {
  return text === "all" ? Infinity : wholeFrom(1)(text);
}

async function run(path: string, options: Options): Promise<void> {
  const file = await readStrategyFile(path), { strategy, config } = file;
  const sets = setsOf(file, options), candles = await readCandles(options.candles, options, config);
  for (const line of candles.notes) note(`Note: ${line}`);
  const { keep, rank, workers, start, out } = options;
  const instruments = await instrumentCandles(strategy, options.candles, options, config);
  const funding = options.funding === undefined ? undefined : await readFundingCsv(options.funding);
  const clocks = { start, timeframe: timeframeOf(options, config) };
  const further = given({ workers, ...clocks, instruments, funding });
  const ledger = sqliteLedger(trialsFile());
  const asked: SweepOptions = { account: accountOf(file, options), keep, rank, ledger, ...further };
  const result = out === undefined
    ? await searched(strategy, candles, sets, asked)
    : await written(strategy, candles, sets, asked, spaceOf(file, options), options, out);
  const judged = judgeSearch(result), lines = judgementText(judged);
  if (options.json) return print(sweepJson(result, judged));
  const put = `${out}: ${counted(result.best.length)} of ${counted(result.length)} sets`;
  print([out === undefined ? sweepTable(result) : put, ...lines].join("\n"));
}

/** Searches with a bar on the terminal, until it is through or asked to end. */
async function searched(
  strategy: Strategy,
  candles: Candles,
  sets: ParameterSets,
  asked: SweepOptions,
): Promise<SweepResult> {
  const bar = progress(), began = performance.now(), signal = stopSignal("what is done is kept");
  let before = 0;
  const show = (done: number, all: number) => {
    before ||= done === all ? 0 : done;
    const left = (performance.now() - began) / Math.max(1, done) * (all - done) / 1_000;
    bar.show(
      done / all,
      `${counted(done)} of ${counted(all)} sets, ${counted(Math.ceil(left))} s left`,
    );
  };
  try {
    return await sweep(strategy, candles, sets, { ...asked, signal, progress: show });
  } catch (error) {
    if (signal.aborted) throw new InputError("The sweep was ended before it was through");
    throw error;
  } finally {
    bar.end();
  }
}

/** The same, into a file: what was run before is not run again. */
async function written(
  strategy: Strategy,
  candles: Candles,
  sets: ParameterSets,
  asked: SweepOptions,
  space: ParameterSpace,
  { where, random, seed }: Options,
  out: string,
): Promise<SweepResult> {
  const { account, start, timeframe, instruments = {}, funding } = asked;
  const others = Object.entries(instruments).map((
    [symbol, own],
  ) => [symbol, fingerprint(own as Candles)]);
  const chosen = {
    space,
    where,
    count: sets.length,
    ...(random !== undefined && { random, seed }),
  };
  const all = {
    ...{ strategy: strategyHash(strategy), account, start, timeframe },
    ...{ candles: fingerprint(candles), others, funding, ...chosen },
    ...{ run: RUN_VERSION, batch: BATCH_SETS, numbers: SWEEP_NUMBERS },
  };
  // What is not given is not there in JSON, either.
  const hash = contentHash(JSON.parse(JSON.stringify(all)));
  const journal = await SweepJournal.open(`${out}.part`, hash);
  const ran = journal.numbers.size;
  if (ran > 0) note(`Going on where it was ended: ${counted(ran)} batches are there`);
  try {
    const result = await searched(strategy, candles, sets, { ...asked, saved: journal });
    await Deno.writeTextFile(`${out}.new`, sweepCsv(result));
    await Deno.rename(`${out}.new`, out);
    await journal.remove();
    return result;
  } finally {
    journal.close();
  }
}

/** What is tried: of a config its own values, too. */
function spaceOf({ params }: StrategyFile, options: Pick<Options, "params">): ParameterSpace {
  return { ...params, ...options.params };
}

/** The sets that flags ask for: of a space all, or some by chance. */
export function setsOf(
  file: StrategyFile,
  options: Pick<Options, "params" | "where" | "random" | "seed">,
): ParameterSets {
  const { strategy } = file;
  const { where, random, seed } = options, names = Object.keys(strategy.parameters);
  const allows = where === undefined ? undefined : whereText(where, names);
  const space = spaceOf(file, options);
  return random === undefined
    ? gridSets(strategy, space, allows)
    : randomSets(strategy, space, random, seededRandom(seed), allows);
}

const counted = (count: number) => count.toLocaleString("en-US");
