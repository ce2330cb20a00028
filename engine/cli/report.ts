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
import {
  namesInstruments,
  type PortfolioRunOptions,
  runPortfolio,
  several,
  withPortfolio,
} from "./backtest_portfolio.ts";
import { note, print } from "./output.ts";
import { readText } from "./read_text.ts";
import { readSaved, runAgain } from "./saved_run.ts";

interface Options extends PortfolioRunOptions {
  candles?: string[];
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
    .option(
      "--candles <candles>",
      `${CANDLES_ARE}; given several times as SYMBOL=CANDLES, a portfolio of one strategy; a result ` +
        "knows its own",
      several,
    )
    .option("--title <text>", "what stands above the report")
    .option("--symbol <symbol>", "the instrument, such as BTC/USDT, where no config says it")
    .option("--exchange <name>", "the exchange, likewise")
    .option("--log", "draw prices and equity so that equal distances are equal ratios");
  return withRunOptions(withPortfolio(command)).addHelpText("after", EXAMPLE).action(run);
}

const EXAMPLE = `
Several runs make one report with a comparison. A result is run again, and refused if it does not come
out the same.

Example:
  deno task report strategies/sma_cross_1m.json --candles data/sample_candles_1m.csv.gz --out report.html
  deno task report strategies/sma_cross.ts --candles BTC/USDT=btc.csv --candles ETH/USDT=eth.csv --out report.html`;

async function run(paths: string[], options: Options): Promise<void> {
  if (!/\.html?$/i.test(options.out)) {
    throw new InputError(`--out must be a file .html, not ${options.out}`);
  }
  const { candles } = options;
  if (candles !== undefined && await namesInstruments(candles)) {
    return await reportPortfolio(paths, candles, options);
  }
  if (options.portfolio !== undefined) {
    throw new InputError("--portfolio is for instruments by name: --candles SYMBOL=CANDLES …");
  }
  const ran: RanBacktest[] = [];
  for (const path of paths) ran.push(await runOne(path, options));
  const results = ran.map(({ result }) => result), names = resultNames(results);
  const of = (name: "symbol" | "exchange") =>
    ran.map(({ config }) => options[name] ?? config?.market[name] ?? "");
  await report(results, {
    ...lookOf(options),
    symbol: of("symbol"),
    exchange: of("exchange"),
  }).write(options.out);
  ran.forEach(({ result, notes }, i) =>
    [...notes, ...result.notes()].forEach((it) =>
      note(ran.length === 1 ? `Note: ${it}` : `Note: ${names[i]}: ${it}`)
    )
  );
  await tell(options, results.length === 1 ? "1 run" : `${results.length} runs`);
}

/** One portfolio is a report. */
async function reportPortfolio(
  [path, ...more]: string[],
  candles: readonly string[],
  options: Options,
): Promise<void> {
  if (more.length > 0) {
    throw new InputError(
      `Cannot report ${path} and ${more.join(", ")} together: a report is of one portfolio`,
    );
  }
  if (path.endsWith(".json") && readSaved(await readText(path), path)) {
    throw new InputError(`${path} is a result, which is run again as it was: leave --candles out`);
  }
  const { result, notes } = await runPortfolio(path, candles, options);
  const { symbol, exchange } = options;
  await report(result, { ...lookOf(options), ...given({ symbol, exchange }) }).write(options.out);
  for (const it of [...notes, ...result.notes()]) note(`Note: ${it}`);
  await tell(options, `a portfolio of ${result.instruments.length}`);
}

function lookOf({ title, log }: Options) {
  return { ...given({ title }), ...(log && { scale: "log" as const }) };
}

async function tell({ out }: Options, what: string): Promise<void> {
  const size = (await Deno.stat(out)).size / 1e6;
  print(`${out}: ${what}, ${size.toFixed(1)} MB`);
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
  funding: true,
  instrument: true,
};

async function runOne(
  path: string,
  { candles: [candles] = [], ...options }: Options,
): Promise<RanBacktest> {
  const saved = path.endsWith(".json") ? readSaved(await readText(path), path) : undefined;
  if (saved) {
    const names = Object.keys(SETTLED) as (keyof typeof SETTLED)[];
    const flag = names.find((name) => options[name] !== undefined);
    if (flag === undefined) {
      return await runAgain(saved, path, { ...options, ...given({ candles }) });
    }
    throw new InputError(
      `${path} is a result, which is run again as it was: --${flag} is for configs and strategies`,
    );
  }
  if (candles !== undefined) return await runBacktest(path, candles, options);
  throw new InputError(`${path} is no result, so --candles must say what to run it over`);
}
