import { InputError } from "../../market/errors.ts";
import {
  compressors,
  parquetMetadata,
  type ParquetParsers,
  parquetRead,
} from "../archive/parquet.ts";
import { METADATA_KEY, type PartInfo } from "../archive/part.ts";
import { partInfo } from "../archive/read_part.ts";
import type { FileTable } from "./table_columns.ts";

/** Times as UTC milliseconds. */
const PARSERS: Partial<ParquetParsers> = {
  timestampFromMilliseconds: Number,
  timestampFromMicroseconds: (micros) => Number(micros) / 1e3,
  timestampFromNanoseconds: (nanos) => Number(nanos / 1_000n) / 1e3,
  dateFromDays: (days) => days * 86_400_000,
};

/** A Parquet file as a table; what Lockstep wrote says, besides, what it is. */
export async function parquetTable(path: string): Promise<FileTable & { info?: PartInfo }> {
  const { buffer: file } = await Deno.readFile(path);
  try {
    const metadata = parquetMetadata(file), length = Number(metadata.num_rows);
    const chunks = new Map<string, { from: number; cells: ArrayLike<unknown> }[]>();
    const onChunk = (
      chunk: { columnName: string; rowStart: number; columnData: ArrayLike<unknown> },
    ) =>
      chunks.getOrInsertComputed(chunk.columnName, () => [])
        .push({ from: chunk.rowStart, cells: chunk.columnData });
    await parquetRead({ file, metadata, compressors, parsers: PARSERS, onChunk });
    const names = metadata.schema.filter(({ num_children }) => !num_children).map(({ name }) =>
      name
    );
    const column = (name: string) => joined(length, chunks.get(name) ?? []);
    const ours = metadata.key_value_metadata?.some(({ key }) => key === METADATA_KEY);
    return { path, length, names, column, ...(ours && { info: partInfo(metadata) }) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`Cannot read ${path}: it is no Parquet file, or damaged (${reason})`);
  }
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
