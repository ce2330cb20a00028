import { Command, Option } from "commander";
import { InputError } from "../market/errors.ts";
import { iso } from "../market/time.ts";
import { openTime } from "../market/timeframe.ts";
import { withStoreThere } from "../storage/database_there.ts";
import { checkWritten, writeCandleFile } from "../storage/files/write_candle_file.ts";
import type { Prefer } from "../storage/join_candles.ts";
import { storedCandles } from "../storage/stored_candles.ts";
import {
  type ArchiveOptions,
  type MarketOptions,
  withArchive,
  withMarket,
} from "./market_options.ts";
import { date } from "./options.ts";
import { note, print } from "./output.ts";

interface Options extends MarketOptions, ArchiveOptions {
  from?: number;
  to?: number;
  prefer?: Prefer;
  out: string;
}

/** `export --exchange okx --symbol BTC/USDT --timeframe 1h --out FILE` */
export function exportCommand(): Command {
  const command = new Command()
    .description("Write stored candles, of the archive and the database as one, to a file");
  return withArchive(withMarket(command))
    .option("--from <date>", "only candles from this UTC date on", date)
    .option("--to <date>", "only candles up to this UTC date", date)
    .addOption(
      new Option("--prefer <place>", "which is right where the two differ")
        .choices(["archive", "database"]),
    )
    .requiredOption("--out <file>", "file to write: .csv, .csv.gz or .parquet")
    .addHelpText("after", EXAMPLE)
    .action(run);
}

const EXAMPLE = `
Times in the file are close times: \`time\` in CSV, \`close_time\` in Parquet. A timeframe that is not
stored is made of a finer one.

Example:
  deno task export --exchange okx --symbol BTC/USDT --timeframe 1h --out btc_1h.csv.gz`;

async function run(options: Options): Promise<void> {
  const { exchange, symbol, timeframe, archive: root, prefer, out } = options;
  const { from = -Infinity, to = Infinity } = options, key = { exchange, symbol, timeframe };
  checkWritten(out);
  const request = { key, from, to, ...(prefer && { prefer }) };
  const candles = await withStoreThere((store) => storedCandles({ root, store }, request));
  candles.notes.forEach((line) => note(`Note: ${line}`));
  if (candles.length === 0) {
    throw new InputError("There is no whole candle between --from and --to");
  }
  await writeCandleFile(out, key, candles);
  const { time, length } = candles, count = length.toLocaleString("en-US");
  print(
    `${out}: ${count} ${timeframe} candles from ${iso(openTime(time[0], timeframe))} to ` +
      iso(time[length - 1]),
  );
}
