import { Command, Option } from "commander";
import { iso } from "../market/time.ts";
import { openTime, parseTimeframe } from "../market/timeframe.ts";
import { describeDifferences } from "../storage/archive/difference.ts";
import {
  importCandles,
  type Imported,
  type ImportOptions,
} from "../storage/files/import_candles.ts";
import { type ArchiveOptions, checkMayWrite, withArchive } from "./market_options.ts";
import { print } from "./output.ts";

/** `import FILE…` */
export function importCommand(): Command {
  const command = new Command()
    .description("Import files of candles into the archive: all of them or, if one is wrong, none")
    .argument(
      "<file...>",
      "CSV, Parquet, Feather, freqtrade's JSON, Binance's klines (CSV or zip)",
    );
  return withArchive(command)
    .option("--exchange <name>", "the exchange, if the file's name does not tell it")
    .option(
      "--symbol <symbol>",
      "the symbol, such as BTC/USDT, if the file's name does not tell it",
    )
    .option("--timeframe <timeframe>", "length of a candle, if not what fits", parseTimeframe)
    .addOption(
      new Option("--stamp <stamp>", "what times are, if their column's name does not tell it")
        .choices(["open", "close"]),
    )
    .option("--sparse", "the file leaves silent intervals out: absent ones are known to be empty")
    .option("--replace", "where the archive has other values, take the file's")
    .addHelpText("after", EXAMPLE)
    .action(run);
}

const EXAMPLE = `
CSV and Parquet files have columns open, high, low, close and volume, in any order, and one of times:
time or close_time if candles close then; timestamp, date, datetime or open_time if they open then.
Times are UTC milliseconds or dates such as 2024-06-10 08:00. trades (or count) and kind are read if
they are there, other columns ignored.

Example:
  deno task import BTCUSDT-1m-2024-01.zip BTCUSDT-1m-2024-02.zip`;

async function run(
  paths: string[],
  { archive, ...options }: ImportOptions & ArchiveOptions,
): Promise<void> {
  await checkMayWrite(archive);
  const now = Date.now();
  for (const imported of await importCandles(archive, paths, { ...options, now })) {
    print(text(imported));
  }
}

function text({ path, key, candles, differences }: Imported): string {
  const { exchange, symbol, timeframe } = key, { time, length } = candles;
  const from = iso(openTime(time[0], timeframe)), to = iso(time[length - 1]);
  const count = length.toLocaleString("en-US"),
    names = { stored: "the archive", found: "the file" };
  return [
    `${path}: ${exchange} ${symbol}, ${count} ${timeframe} candles from ${from} to ${to}`,
    ...(differences.length === 0 ? [] : [
      `  replaced ${differences.length}: ${describeDifferences(differences, timeframe, names)}`,
    ]),
  ].join("\n");
}
