import type { Command } from "commander";
import { parseTimeframe } from "../market/timeframe.ts";
import { archiveFolder } from "../storage/archive/folder.ts";

/** Which market a command is about. */
export interface MarketOptions {
  exchange: string;
  symbol: string;
  timeframe: ReturnType<typeof parseTimeframe>;
}

/** Where the archive is. */
export interface ArchiveOptions {
  archive: string;
}

/** Gives a command its flags for a market; all of them must be given. */
export function withMarket(command: Command): Command {
  return command
    .requiredOption("--exchange <name>", "such as okx, binance, coinbase or kraken")
    .requiredOption("--symbol <symbol>", "such as BTC/USDT, or BTC/USDT:USDT for a swap")
    .requiredOption("--timeframe <timeframe>", "length of a candle, such as 1m", parseTimeframe);
}

/** Gives a command its flag for the archive's folder. */
export function withArchive(command: Command): Command {
  const what = "the archive (default: LOCKSTEP_ARCHIVE or data/archive)";
  return command.option("--archive <folder>", what).hook("preAction", (own) => {
    own.setOptionValue("archive", own.getOptionValue("archive") ?? archiveFolder());
  });
}
