import { zstdDecompressSync } from "node:zlib";
import {
  CompressionType,
  type DataType,
  setCompressionCodec,
  tableFromIPC,
  Type,
} from "@uwdata/flechette";
import { InputError, messageOf } from "../../market/errors.ts";
import { lz4Frame } from "./lz4_frame.ts";
import { decimalCells } from "./decimal_cells.ts";
import type { FileTable } from "./table_columns.ts";

function compress(): never {
  throw new Error("Feather files are only read");
}

setCompressionCodec(CompressionType.LZ4_FRAME, { decode: lz4Frame, encode: compress });
setCompressionCodec(CompressionType.ZSTD, {
  decode: (bytes) => Uint8Array.from(zstdDecompressSync(bytes)),
  encode: compress,
});

/** A Feather file (version 2, which is Arrow's), plain or compressed by LZ4 or ZSTD, as a table. */
export async function featherTable(path: string): Promise<FileTable> {
  const bytes = await Deno.readFile(path);
  try {
    // Whole and decimal numbers as they are kept: what is made of them otherwise is rounded twice.
    const table = tableFromIPC(bytes, { useBigInt: true, useDecimalInt: true });
    const column = (name: string) => {
      const { type } = table.getChild(name), cells = table.getChild(name).toArray();
      return scaleOf(type) === undefined ? cells : decimalCells(cells, scaleOf(type)!);
    };
    const isTimeOfDay = (name: string) => table.getChild(name).type.typeId === Type.Time;
    const names = table.names.map(String);
    return { path, length: table.numRows, names, column, undated: names.filter(isTimeOfDay) };
  } catch (error) {
    const reason = messageOf(error);
    throw new InputError(`Cannot read ${path}: it is no Feather file, or damaged (${reason})`);
  }
}

/** The decimals of a column of decimal numbers. */
function scaleOf(type: DataType): number | undefined {
  return type.typeId === Type.Decimal && "scale" in type ? type.scale : undefined;
}
