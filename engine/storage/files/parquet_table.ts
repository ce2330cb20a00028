import { InputError, messageOf } from "../../market/errors.ts";
import {
  compressors,
  type FileMetaData,
  parquetMetadata,
  type ParquetParsers,
  parquetRead,
} from "../archive/parquet.ts";
import { METADATA_KEY, type PartInfo } from "../archive/part.ts";
import { partInfo } from "../archive/read_part.ts";
import { decimalScales, withPlainDecimals } from "./parquet_decimals.ts";
import type { FileTable } from "./table_columns.ts";
import { decimalCells } from "./decimal_cells.ts";

const NANOSECONDS = 1_000_000n;

/** Times as UTC milliseconds; a fraction of one stays a fraction, to be refused. */
const PARSERS: Partial<ParquetParsers> = {
  timestampFromMilliseconds: Number,
  timestampFromMicroseconds: (micros) => Number(micros) / 1e3,
  timestampFromNanoseconds: (nanos) => {
    const rest = Number(nanos % NANOSECONDS);
    // Beside so many milliseconds, a double has no room for less than a microsecond.
    return Number(nanos / NANOSECONDS) + (rest === 0 ? 0 : Math.max(rest / 1e6, 1e-3));
  },
  dateFromDays: (days) => days * 86_400_000,
};

/** The parts of a column, each from a row on. */
type Chunks = Map<string, { from: number; cells: ArrayLike<unknown> }[]>;

/** A Parquet file as a table; what Lockstep wrote says, besides, what it is. */
export async function parquetTable(path: string): Promise<FileTable & { info?: PartInfo }> {
  const { buffer: file } = await Deno.readFile(path);
  try {
    const metadata = parquetMetadata(file), length = Number(metadata.num_rows);
    const leaves = metadata.schema.filter(({ num_children }) => !num_children);
    const chunks = await readChunks(file, metadata), scales = decimalScales(metadata);
    const column = (name: string) => {
      const cells = joined(length, chunks.get(name) ?? []), scale = scales.get(name);
      return scale === undefined ? cells : decimalCells(cells, scale);
    };
    const ours = metadata.key_value_metadata?.some(({ key }) => key === METADATA_KEY);
    return {
      ...{ path, length, column },
      names: leaves.map(({ name }) => name),
      undated: leaves.filter(isTimeOfDay).map(({ name }) => name),
      ...(ours && { info: partInfo(metadata) }),
    };
  } catch (error) {
    const reason = messageOf(error);
    throw new InputError(`Cannot read ${path}: it is no Parquet file, or damaged (${reason})`);
  }
}

async function readChunks(file: ArrayBuffer, own: FileMetaData): Promise<Chunks> {
  const chunks: Chunks = new Map(), metadata = withPlainDecimals(own);
  const read = (more: { columns?: string[]; utf8?: boolean }) =>
    parquetRead({
      ...{ file, metadata, compressors, parsers: PARSERS },
      ...more,
      onChunk: ({ columnName, rowStart: from, columnData: cells }) =>
        chunks.getOrInsertComputed(columnName, () => []).push({ from, cells }),
    });
  await read({});
  const columns = own.schema.filter(({ name, type }) =>
    type === "BYTE_ARRAY" && decimalScales(own).has(name)
  ).map(({ name }) => name);
  if (columns.length === 0) return chunks;
  // Taken for texts above, which their bytes are not.
  for (const name of columns) chunks.delete(name);
  await read({ columns, utf8: false });
  return chunks;
}

function isTimeOfDay({ converted_type, logical_type }: FileMetaData["schema"][number]): boolean {
  return logical_type?.type === "TIME" || /^TIME_/.test(converted_type ?? "");
}

function joined(
  length: number,
  parts: readonly { from: number; cells: ArrayLike<unknown> }[],
): unknown[] {
  const cells = new Array<unknown>(length);
  for (const part of parts) {
    for (let i = 0; i < part.cells.length; i++) cells[part.from + i] = part.cells[i];
  }
  return cells;
}
