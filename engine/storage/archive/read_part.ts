import { type CandleColumns, FIELDS, type Kind, KINDS } from "../../market/candles.ts";
import { InputError, messageOf } from "../../market/errors.ts";
import { parseTimeframe } from "../../market/timeframe.ts";
import { type FileMetaData, parquetMetadata, parquetRead } from "./parquet.ts";
import { METADATA_KEY, type PartInfo } from "./part.ts";

/** A file of the archive in memory, its metadata read. */
export interface OpenPart extends PartInfo {
  path: string;
  length: number;
  bytes: ArrayBuffer;
  metadata: FileMetaData;
}

/** Reads a file of the archive. Throws an `InputError` if it is none, or damaged. */
export async function openPart(path: string): Promise<OpenPart> {
  return partOf(path, (await Deno.readFile(path)).buffer);
}

/** As `openPart`, for a file whose bytes were read. */
export function partOf(path: string, bytes: ArrayBuffer): OpenPart {
  try {
    const metadata = parquetMetadata(bytes);
    return { path, bytes, metadata, length: Number(metadata.num_rows), ...partInfo(metadata) };
  } catch (error) {
    throw damaged(path, error);
  }
}

interface Written {
  exchange: string;
  symbol: string;
  timeframe: string;
  priceDecimals: number | null;
  known: { from: string; to: string; source: string }[];
}

/** What the metadata of a file of the archive says. */
export function partInfo({ key_value_metadata = [] }: FileMetaData): PartInfo {
  const own = key_value_metadata.find(({ key }) => key === METADATA_KEY);
  if (!own?.value) throw new Error(`its metadata has no "${METADATA_KEY}"`);
  const { exchange, symbol, timeframe, priceDecimals, known }: Written = JSON.parse(own.value);
  return {
    key: { exchange, symbol, timeframe: parseTimeframe(timeframe) },
    decimals: priceDecimals ?? undefined,
    spans: known.map(({ from, to, source }) => ({
      from: Date.parse(from),
      to: Date.parse(to),
      source,
    })),
  };
}

/** Reads the candles of `part` into `columns`, from row `at` on. */
export async function readRows(
  { path, bytes, metadata }: OpenPart,
  columns: CandleColumns,
  at: number,
): Promise<void> {
  const withTrades = metadata.row_groups.some(hasTrades);
  if (!withTrades) columns.trades.fill(NaN, at, at + Number(metadata.num_rows));
  try {
    await parquetRead({
      file: bytes,
      metadata: withPlainTimes(metadata),
      columns: ["close_time", ...FIELDS, ...(withTrades ? ["trades"] : []), "kind"],
      onChunk: ({ columnName, columnData, rowStart }) =>
        place(columns, columnName, columnData, at + rowStart),
    });
  } catch (error) {
    throw damaged(path, error);
  }
}

type Group = FileMetaData["row_groups"][number];

/** Whether any count of trades is there: a column of nulls takes long to read for what it says. */
function hasTrades({ columns, num_rows }: Group): boolean {
  const { meta_data } = columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === "trades")!;
  return meta_data?.statistics?.null_count !== num_rows;
}

/** Times as the whole numbers that they are, instead of an object for each. */
function withPlainTimes(metadata: FileMetaData): FileMetaData {
  const schema = metadata.schema.map((element) => {
    if (element.name !== "close_time") return element;
    const { converted_type: _converted, logical_type: _logical, ...plain } = element;
    return plain;
  });
  return { ...metadata, schema };
}

type Cells = ArrayLike<unknown>;

function place(columns: CandleColumns, name: string, cells: Cells, at: number): void {
  if (name === "kind") placeKinds(columns.kind, cells as ArrayLike<Kind>, at);
  else if (name === "close_time") placeWhole(columns.time, cells as ArrayLike<bigint>, at);
  else if (name === "trades") placeWhole(columns.trades, cells as ArrayLike<bigint | null>, at);
  else columns[name as typeof FIELDS[number]].set(cells as Float64Array, at);
}

function placeWhole(column: Float64Array, cells: ArrayLike<bigint | null>, at: number): void {
  for (let i = 0; i < cells.length; i++) column[at + i] = Number(cells[i] ?? NaN);
}

function placeKinds(column: Uint8Array, cells: ArrayLike<Kind>, at: number): void {
  let word = cells[0], kind = KINDS.indexOf(word);
  for (let i = 0; i < cells.length; i++) {
    if (cells[i] !== word) kind = KINDS.indexOf(word = cells[i]);
    if (kind < 0) throw new Error(`kind is "${word}", not one of ${KINDS.join(", ")}`);
    column[at + i] = kind;
  }
}

function damaged(path: string, error: unknown): InputError {
  const reason = messageOf(error);
  return new InputError(
    `Cannot read ${path}: it is damaged, or no file of the archive (${reason})`,
  );
}
