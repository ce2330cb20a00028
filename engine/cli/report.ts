import { Command } from "commander";
import { InputError } from "../market/errors.ts";
import { report } from "../report/report.ts";
import { resultNames } from "../charts/result_names.ts";
import { CANDLES_ARE } from "./backtest_candles.ts";
import {
  given,
  type RanBacktest,
  runBacktest,
  type RunOptions,
  withRunOptions,
} from "./backtest_run.ts";
import { namesInstruments } from "./backtest_portfolio.ts";
import { note, print } from "./output.ts";
import { NO_REPORT, readSaved, runAgain } from "./saved_run.ts";
import { readText } from "./strategy_file.ts";

interface Options extends RunOptions {
  candles?: string;
  out: string;
  title?: string;
  symbol?: string;
  exchange?: string;
  log?: boolean;
}

/** `report RESULT|CONFIG … --out FILE.html` */
export function reportCommand(): Command {
  const command = new Command()
    .description("Write a report of backtests as one web page that needs no net")
    .argument(
      "<run...>",
      "results (of backtest --json), promoted configs (CONFIG.json) or strategies (STRATEGY.ts)",
    )
    .requiredOption("--out <file>", "the page to write, such as report.html")
    .option("--candles <file>", `${CANDLES_ARE}; a result knows its own`)
    .option("--title <text>", "what stands above the report")
    .option("--symbol <symbol>", "the instrument, such as BTC/USDT, where no config says it")
    .option("--exchange <name>", "the exchange, likewise")
    .option("--log", "draw prices and equity so that equal distances are equal ratios");
  return withRunOptions(command).addHelpText("after", EXAMPLE).action(run);
}

const EXAMPLE = `
Several runs make one report with a comparison. A result is run again, and refused if it does not come
out the same.

Example:
  deno task report strategies/sma_cross_1m.json --candles data/sample_candles_1m.csv.gz --out report.html`;

async function run(paths: string[], options: Options): Promise<void> {
  if (!/\.html?$/i.test(options.out)) {
    throw new InputError(`--out must be a file .html, not ${options.out}`);
  }
  const ran: RanBacktest[] = [];
  for (const path of paths) ran.push(await runOne(path, options));
  const results = ran.map(({ result }) => result), { title, log } = options;
  const of = (name: "symbol" | "exchange") =>
    ran.map(({ config }) => options[name] ?? config?.market[name] ?? "");
  const names = resultNames(results);
  await report(results, {
    ...given({ title }),
    ...(log && { scale: "log" }),
    symbol: of("symbol"),
    exchange: of("exchange"),
  }).write(options.out);
  ran.forEach(({ result, notes }, i) =>
    [...notes, ...result.notes()].forEach((it) =>
      note(ran.length === 1 ? `Note: ${it}` : `Note: ${names[i]}: ${it}`)
    )
  );
  const size = (await Deno.stat(options.out)).size / 1e6;
  print(
    `${options.out}: ${results.length === 1 ? "1 run" : `${results.length} runs`}, ${
      size.toFixed(1)
    } MB`,
  );
}

/** Flags of a backtest that a result has settled: all but where candles are found. */
const SETTLED: Readonly<Record<Exclude<keyof RunOptions, "archive">, true>> = {
  stamp: true,
  params: true,
  account: true,
  fill: true,
  fee: true,
  slippage: true,
  balance: true,
  from: true,
  to: true,
  start: true,
  timeframe: true,
  instrument: true,
};

async function runOne(path: string, options: Options): Promise<RanBacktest> {
  const saved = path.endsWith(".json") ? readSaved(await readText(path), path) : undefined;
  if (saved) {
    const names = Object.keys(SETTLED) as (keyof typeof SETTLED)[];
    const flag = names.find((name) => options[name] !== undefined);
    if (flag === undefined) return await runAgain(saved, path, options);
    throw new InputError(
      `${path} is a result, which is run again as it was: --${flag} is for configs and strategies`,
    );
  }
  const { candles } = options;
  if (candles !== undefined && await namesInstruments([candles])) {
    throw new InputError(`--candles ${candles} names an instrument of a portfolio. ${NO_REPORT}`);
  }
  if (candles !== undefined) return await runBacktest(path, candles, options);
  throw new InputError(`${path} is no result, so --candles must say what to run it over`);
}
