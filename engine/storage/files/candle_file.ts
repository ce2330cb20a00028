import type { Candles } from "../../market/candles.ts";
import { readCandlesCsv } from "../../market/candles_csv.ts";
import { checkedCandles, type Stamp } from "../../market/checked_candles.ts";
import { InputError } from "../../market/errors.ts";
import { fileText } from "../../market/file_text.ts";
import { lookedIn } from "../../market/looked_in.ts";
import type { Timeframe } from "../../market/timeframe.ts";
import type { MarketKey } from "../../ports/store.ts";
import type { PartInfo } from "../archive/part.ts";
import type { Span } from "../archive/spans.ts";
import { freqtradeJson } from "./freqtrade_json.ts";
import { beginsAsKlines, klines } from "./klines.ts";
import { marketOfName } from "./market_of_name.ts";
import { type FileColumns, tableColumns } from "./table_columns.ts";

/** What is said of a file; what is not is told by the file itself, or by its name. */
export interface CandleFileOptions {
  stamp?: Stamp;
  timeframe?: Timeframe;
}

/** The candles of a file, checked. */
export interface CandleFile {
  candles: Candles;
  /** What the file, or its name, says of its market. */
  market: Partial<MarketKey>;
  /** Of which time the candles are all, if the file says so. */
  spans?: readonly Span[];
}

/**
 * Reads a file of candles: CSV, CSV.gz, Parquet, Feather, freqtrade's JSON, or Binance's klines (CSV or
 * zip). Throws an `InputError` for what cannot be read, and a `CandleError` with the rows that are no
 * candles.
 */
export async function readCandleFile(
  path: string,
  options: CandleFileOptions = {},
): Promise<CandleFile> {
  const there = await Deno.stat(path).catch(() => undefined);
  if (there?.isDirectory) throw new InputError(`Cannot read ${path}: it is a folder`);
  if (!there) throw new InputError(`There is no file ${path}${lookedIn(path)}`);
  const format = await formatOf(path), market = marketOfName(path);
  const timeframe = options.timeframe ?? market.timeframe, { stamp } = options;
  const told = { ...(stamp && { stamp }), ...(timeframe && { timeframe }) };
  if (format === "csv") return { candles: await readCandlesCsv(path, told), market };
  const { info, isCertain, ...file } = await contentsOf(path, format, stamp);
  if (isCertain) refuseOther(path, "times are", file.stamp, stamp, "--stamp");
  const checked = (length: Timeframe | undefined) =>
    checkedCandles(file.columns, { source: path, stamp: file.stamp, timeframe: length });
  if (!info) return { candles: checked(timeframe), market };
  const { key, spans } = info;
  refuseOther(path, "candles are", key.timeframe, options.timeframe, "--timeframe");
  return { candles: checked(key.timeframe), market: key, spans };
}

/** What is in a file that is no plain CSV. */
interface Contents extends FileColumns {
  /** Whether the format says which end its times are. */
  isCertain?: boolean;
  /** What a file of ours says of itself. */
  info?: PartInfo;
}

/** The packages for files of a kind are loaded with the first such file. */
async function contentsOf(
  path: string,
  format: Exclude<Format, "csv">,
  stamp?: Stamp,
): Promise<Contents> {
  switch (format) {
    case "parquet": {
      const { parquetTable } = await import("./parquet_table.ts");
      const { info, ...table } = await parquetTable(path);
      return info ? { ...tableColumns(table), info, isCertain: true } : tableColumns(table, stamp);
    }
    case "feather": {
      const { featherTable } = await import("./feather_table.ts");
      return tableColumns(await featherTable(path), stamp);
    }
    case "json":
      return { ...await freqtradeJson(path), isCertain: true };
    case "klines":
      return { ...await klines(path), isCertain: true };
  }
}

/** What a file says itself cannot be told otherwise. */
function refuseOther(
  path: string,
  what: string,
  own: string,
  told: string | undefined,
  by: string,
) {
  if (told === undefined || told === own) return;
  throw new InputError(`The ${what} ${own} in ${path}, as it says itself: leave ${by} ${told} out`);
}

/** What the ends of names stand for. */
const FORMATS = [
  [/\.csv(\.gz)?$/i, "csv"],
  [/\.parquet$/i, "parquet"],
  [/\.(feather|arrow)$/i, "feather"],
  [/\.json(\.gz)?$/i, "json"],
  [/\.zip$/i, "klines"],
] as const;

type Format = typeof FORMATS[number][1];

async function formatOf(path: string): Promise<Format> {
  const format = FORMATS.find(([end]) => end.test(path))?.[1];
  if (format === "csv" && beginsAsKlines(await firstLine(path))) return "klines";
  if (format) return format;
  throw new InputError(
    `Cannot tell what ${path} is: its name must end in .csv, .csv.gz, .parquet, .feather, .json, ` +
      ".json.gz or .zip",
  );
}

async function firstLine(path: string): Promise<string> {
  for await (const text of fileText(path)) return text.slice(0, text.indexOf("\n") >>> 0).trim();
  return "";
}
