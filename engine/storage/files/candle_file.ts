import type { Candles } from "../../market/candles.ts";
import { readCandlesCsv } from "../../market/candles_csv.ts";
import { checkedCandles, type Stamp } from "../../market/checked_candles.ts";
import { InputError } from "../../market/errors.ts";
import { fileText } from "../../market/file_text.ts";
import type { Timeframe } from "../../market/timeframe.ts";
import type { MarketKey } from "../../ports/store.ts";
import type { Span } from "../archive/spans.ts";
import { featherTable } from "./feather_table.ts";
import { freqtradeJson } from "./freqtrade_json.ts";
import { beginsAsKlines, klines } from "./klines.ts";
import { marketOfName } from "./market_of_name.ts";
import { parquetTable } from "./parquet_table.ts";
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
  const there = await Deno.stat(path).then(({ isFile }) => isFile, () => false);
  if (!there) throw new InputError(`There is no file ${path}`);
  const market = marketOfName(path), wanted = options.timeframe ?? market.timeframe;
  const checked = ({ columns, stamp }: FileColumns, timeframe = wanted) =>
    checkedCandles(columns, { source: path, stamp: options.stamp ?? stamp, timeframe });
  switch (formatOf(path)) {
    case "parquet": {
      const table = await parquetTable(path), columns = tableColumns(table, options.stamp);
      if (!table.info) return { candles: checked(columns), market };
      const { key, spans } = table.info, { timeframe = key.timeframe } = options;
      if (timeframe !== key.timeframe) {
        throw new InputError(
          `${path} holds ${key.timeframe} candles, as it says itself, not ${timeframe}`,
        );
      }
      return { candles: checked(columns, timeframe), market: key, spans };
    }
    case "feather":
      return { candles: checked(tableColumns(await featherTable(path), options.stamp)), market };
    case "json":
      return { candles: checked(await freqtradeJson(path)), market };
    case "klines":
      return { candles: checked(await klines(path)), market };
    case "csv": {
      if (beginsAsKlines(await firstLine(path))) {
        return { candles: checked(await klines(path)), market };
      }
      const { stamp } = options, timeframe = wanted;
      return {
        candles: await readCandlesCsv(path, {
          ...(stamp && { stamp }),
          ...(timeframe && { timeframe }),
        }),
        market,
      };
    }
  }
}

/** What the ends of names stand for. */
const FORMATS = [
  [/\.csv(\.gz)?$/i, "csv"],
  [/\.parquet$/i, "parquet"],
  [/\.(feather|arrow)$/i, "feather"],
  [/\.json(\.gz)?$/i, "json"],
  [/\.zip$/i, "klines"],
] as const;

function formatOf(path: string): typeof FORMATS[number][1] {
  const format = FORMATS.find(([end]) => end.test(path))?.[1];
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
