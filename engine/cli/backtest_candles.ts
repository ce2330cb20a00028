import { Option } from "commander";
import type { Candles } from "../market/candles.ts";
import { readCandlesCsv } from "../market/candles_csv.ts";
import type { Stamp } from "../market/checked_candles.ts";
import { InputError } from "../market/errors.ts";
import { fillSilence } from "../market/fill_silence.ts";
import { parseTimeframe } from "../market/timeframe.ts";
import type { MarketKey } from "../ports/store.ts";

/** The candles that a backtest is over, and what has to be said of them. */
export interface BacktestCandles {
  candles: Candles;
  notes: readonly string[];
}

/** What the flag `--candles` takes, in words. */
export const CANDLES_ARE =
  'a file that `import` takes (CSV, Parquet, …), or stored candles, such as "okx BTC/USDT 1h"';

/** `--stamp`, which says what the times of a file are. */
export function stampOption(): Option {
  return new Option(
    "--stamp <stamp>",
    "what a file's times are, if not what their column's name says",
  )
    .choices(["open", "close"]);
}

/**
 * Reads the candles that `--candles` names: those of a file, or a series of the archive in the folder
 * `root`, by the three words that `candles` lists it with. Readers are loaded when they are needed: most
 * backtests read a CSV file.
 */
export async function backtestCandles(
  named: string,
  { root, stamp }: { root: string; stamp?: Stamp },
): Promise<BacktestCandles> {
  const file = await Deno.stat(named).catch(() => undefined), key = seriesNamed(named);
  if (!file && key) return await fromArchive(key, root, stamp);
  if (file?.isFile && OTHERS.test(named)) return await fromFile(named, stamp);
  return { candles: await readCandlesCsv(named, stamp ? { stamp } : {}), notes: [] };
}

/** Ends of the names of files that are, or may be, something else than a CSV file of candles. */
const OTHERS = /\.(csv|csv\.gz|parquet|feather|arrow|json|json\.gz|zip)$/i;

async function fromFile(path: string, stamp: Stamp | undefined): Promise<BacktestCandles> {
  const { readCandleFile } = await import("../storage/files/candle_file.ts");
  const { checkSpacing } = await import("../storage/files/check_spacing.ts");
  const { candles, spans } = await readCandleFile(path, stamp ? { stamp } : {});
  if (!spans) checkSpacing(candles, path, true);
  const whole = fillSilence(candles, spans ?? []), silent = whole.length - candles.length;
  const notes = silent > 0 ? [`${silent} silent intervals are empty candles`] : [];
  return { candles: whole, notes };
}

/** The series that three words name, as `candles` lists them. */
export function seriesNamed(text: string): MarketKey | undefined {
  const [exchange, symbol, timeframe, ...more] = text.trim().split(/\s+/);
  if (timeframe === undefined || more.length > 0 || OTHERS.test(text)) return undefined;
  return { exchange, symbol, timeframe: parseTimeframe(timeframe) };
}

async function fromArchive(
  key: MarketKey,
  root: string,
  stamp: Stamp | undefined,
): Promise<BacktestCandles> {
  if (stamp) throw new InputError("--stamp is for files: the archive knows what its times are");
  const { storedCandles } = await import("../storage/stored_candles.ts");
  const request = { key, from: -Infinity, to: Infinity };
  const candles = await storedCandles({ root, store: undefined }, request);
  return { candles, notes: candles.notes };
}
