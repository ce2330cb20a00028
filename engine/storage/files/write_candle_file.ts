import type { Candles } from "../../market/candles.ts";
import { writeCandlesCsv } from "../../market/candles_csv.ts";
import { InputError } from "../../market/errors.ts";
import type { MarketKey } from "../../ports/store.ts";
import { runs } from "../archive/holes.ts";
import { replaceFile } from "../archive/replace_file.ts";
import { partBytes } from "../archive/write_part.ts";

/** The ends of the names of files that can be written. */
const WRITTEN = /\.(csv|csv\.gz|parquet)$/;

/** Refuses a kind of file that is not written here. */
export function checkWritten(path: string): void {
  if (WRITTEN.test(path)) return;
  throw new InputError(`Cannot write ${path}: its name must end in .csv, .csv.gz or .parquet`);
}

/**
 * Writes candles to a CSV or CSV.gz file, with their close times, or to a Parquet file like those of
 * the archive, which says of itself what it is. The file is there whole or not at all.
 */
export async function writeCandleFile(
  path: string,
  key: MarketKey,
  candles: Candles,
): Promise<void> {
  checkWritten(path);
  if (!path.endsWith(".parquet")) return await writeCandlesCsv(path, candles);
  const spans = runs(candles).map((span) => ({ ...span, source: "exported" }));
  try {
    await replaceFile(path, partBytes({ key, candles, spans }));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new InputError(`Cannot write ${path}: there is no such folder`);
  }
}
