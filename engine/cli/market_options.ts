import type { Command } from "commander";
import { InputError } from "../market/errors.ts";
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

/**
 * Throws an `InputError` that says what to do if the process may not write in the archive: its task has
 * that permission from the environment, for a flag comes too late for it.
 */
export async function checkMayWrite(root: string): Promise<void> {
  const { state } = await Deno.permissions.query({ name: "write", path: root });
  if (state === "granted") return;
  throw new InputError(
    `Cannot write in ${root}: the task may not. ` +
      `In place of --archive, put LOCKSTEP_ARCHIVE=${root} before the command, which lets it`,
  );
}
