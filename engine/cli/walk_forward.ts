import { Command, Option } from "commander";
import { InputError } from "../market/errors.ts";
import { readFundingCsv } from "../market/funding_csv.ts";
import { SWEEP_NUMBERS, type SweepNumber } from "../research/sweep/numbers.ts";
import { walkForward, type WalkForwardOptions } from "../search/walk_forward.ts";
import type { WalkForward } from "../search/walk_forward_result.ts";
import { FEWEST_DAYS } from "../search/walk_forward_spans.ts";
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
import { wholeFrom } from "./options.ts";
import { note, print } from "./output.ts";
import { progress } from "./progress.ts";
import { stopSignal } from "./stop_signal.ts";
import { readStrategyFile } from "./strategy_file.ts";
import { type SearchFlags, setsOf, withMethods } from "./search_flags.ts";
import { spaceOption } from "./sweep.ts";
import { walkForwardJson, walkForwardText } from "./walk_forward_text.ts";

interface Options extends Omit<FixedOptions, "start">, SearchFlags {
  candles: string;
  rank: SweepNumber;
  train: number;
  test: number;
  gap: number;
  anchored?: boolean;
  workers?: number;
  json?: boolean;
}

/** `walk-forward STRATEGY.ts|CONFIG.json --candles FILE --params '{"fast":"5..50"}' --train 180 --test 30` */
export function walkForwardCommand(): Command {
  const command = new Command()
    .description("Choose parameters again and again by what was known, and trade them behind it")
    .argument("<strategy>", "a strategy (STRATEGY.ts) or a promoted config (CONFIG.json)")
    .requiredOption("--candles <candles>", CANDLES_ARE)
    .requiredOption(
      "--train <days>",
      "days over which parameters are chosen",
      wholeFrom(FEWEST_DAYS.train),
    )
    .requiredOption(
      "--test <days>",
      "days behind them over which they are traded",
      wholeFrom(FEWEST_DAYS.test),
    )
    .option("--gap <days>", "days between both that are left out", wholeFrom(FEWEST_DAYS.gap), 0)
    .option("--anchored", "training begins with the first candle each time, and grows");
  return withMethods(withRunOptions(command, spaceOption()))
    .addOption(
      new Option("--rank <number>", "by what the best set is chosen")
        .choices(SWEEP_NUMBERS).default("sharpe"),
    )
    .option("--workers <count>", "processors that work on it; all unless given", wholeFrom(1))
    .option("--json", "print one JSON object instead of a table")
    .addHelpText(
      "after",
      `
Every test is of a set that was chosen before it; what a test leaves open is closed at its end.

Example:
  deno task walk-forward strategies/sma_cross.ts --candles data/sample_candles_1h.csv.gz \\
    --params '{"fast":"5..50:5","slow":"20..200:20"}' --train 120 --test 30`,
    )
    .action(run);
}

async function run(path: string, options: Options): Promise<void> {
  const file = await readStrategyFile(path), { strategy, config } = file;
  if ("start" in options) {
    throw new InputError("--start is for one backtest: windows begin with the first whole day");
  }
  const sets = setsOf(file, options), candles = await readCandles(options.candles, options, config);
  for (const line of candles.notes) note(`Note: ${line}`);
  const { train, test, gap, anchored, rank, workers } = options;
  const instruments = await instrumentCandles(strategy, options.candles, options, config);
  const funding = options.funding === undefined ? undefined : await readFundingCsv(options.funding);
  const further = given({ workers, timeframe: timeframeOf(options, config), instruments, funding });
  const account = accountOf(file, options), ledger = sqliteLedger(trialsFile());
  const asked = { train, test, gap, anchored, rank, account, ledger, ...further };
  const walked = await watched(asked, (watching) => walkForward(strategy, candles, sets, watching));
  for (const line of walked.notes) note(`Note: ${line}`);
  print(options.json ? walkForwardJson(walked) : walkForwardText(walked));
}

/** Walks with a bar on the terminal, until it is through or asked to end. */
async function watched(
  asked: WalkForwardOptions,
  walk: (options: WalkForwardOptions) => Promise<WalkForward>,
): Promise<WalkForward> {
  const bar = progress(), signal = stopSignal("what was tried counts, and nothing is printed");
  const show = (done: number, all: number) => bar.show(done / all, `${done} of ${all} windows`);
  try {
    return await walk({ ...asked, signal, progress: show });
  } catch (error) {
    if (signal.aborted) throw new InputError("The walk was ended before it was through");
    throw error;
  } finally {
    bar.end();
  }
}
