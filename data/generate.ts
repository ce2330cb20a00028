/**
 * Makes the sample data, or more of the same sort: `deno run --allow-write=data data/generate.ts`.
 */
import { Command, InvalidArgumentError } from "commander";
import { writeCandlesCsv } from "../engine/market/candles_csv.ts";
import { InputError } from "../engine/market/errors.ts";
import { parseTime } from "../engine/market/parse_time.ts";
import { parseTimeframe } from "../engine/market/timeframe.ts";
import { SAMPLE_CANDLES, SAMPLE_TAPE } from "./samples.ts";
import { syntheticCandles, type SyntheticCandlesOptions } from "./synthetic_candles.ts";
import { syntheticTape, type SyntheticTapeOptions } from "./synthetic_tape.ts";
import { writeTape } from "./write_tape.ts";

const HOUR = 3_600_000, DAY = 24 * HOUR;

function generateCommand(): Command {
  const command = new Command("generate")
    .configureOutput({ getOutHasColors: () => false, getErrHasColors: () => false })
    .description("Make synthetic market data; the same seed gives the same file.")
    .addHelpText(
      "after",
      `\nExample:\n  $ generate candles --days 365 --seed 7 --out data/year.csv.gz`,
    );
  command.command("samples", { isDefault: true })
    .description("make the committed sample files again")
    .option("--out <folder>", "where to put them", "data")
    .action(({ out }) => makeSamples(out));
  command.command("tape")
    .description("make trades")
    .option("--hours <number>", "how long", positive, 8)
    .option("--price <number>", "price at the start", positive, 64_000)
    .option("--from <date>", "when it starts, UTC", "2024-06-10")
    .option("--seed <number>", "any whole number", seed, 1)
    .requiredOption("--out <file>", "file to write: .csv or .csv.gz")
    .action(({ hours, out, ...made }) => makeTape(out, span(made, hours * HOUR)));
  command.command("candles")
    .description("make candles")
    .option("--timeframe <timeframe>", "length of a candle", parseTimeframe, parseTimeframe("1m"))
    .option("--days <number>", "how long", positive, 30)
    .option("--price <number>", "price at the start", positive, 64_000)
    .option("--from <date>", "when they start, UTC", "2024-06-10")
    .option("--seed <number>", "any whole number", seed, 1)
    .requiredOption("--out <file>", "file to write: .csv or .csv.gz")
    .action(({ days, out, timeframe, ...made }) =>
      makeCandles(out, { timeframe, ...span(made, days * DAY) })
    );
  return command;
}

function span(made: { seed: number; price: number; from: string }, length: number) {
  const from = parseTime(made.from, "--from");
  return { ...made, from, to: from + length };
}

function positive(text: string): number {
  const number = Number(text);
  if (number > 0 && number < Infinity) return number;
  throw new InvalidArgumentError("It must be a number above 0.");
}

function seed(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number)) return number;
  throw new InvalidArgumentError("It must be a whole number.");
}

async function makeSamples(folder: string): Promise<void> {
  await makeTape(`${folder}/${SAMPLE_TAPE.file}`, SAMPLE_TAPE.options);
  for (const { file, options } of SAMPLE_CANDLES) await makeCandles(`${folder}/${file}`, options);
}

async function makeTape(path: string, options: SyntheticTapeOptions): Promise<void> {
  await writeTape(path, syntheticTape(options));
  report(path, options.seed);
}

async function makeCandles(path: string, options: SyntheticCandlesOptions): Promise<void> {
  await writeCandlesCsv(path, syntheticCandles(options));
  report(path, options.seed);
}

function report(path: string, seed: number): void {
  const { size } = Deno.statSync(path);
  Deno.stdout.writeSync(new TextEncoder().encode(`${path}: ${size} bytes, seed ${seed}\n`));
}

if (import.meta.main) {
  try {
    await generateCommand().parseAsync(Deno.args, { from: "user" });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    Deno.stderr.writeSync(new TextEncoder().encode(`${error.message}\n`));
    Deno.exit(1);
  }
}
