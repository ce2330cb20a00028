import { zstdDecompressSync } from "node:zlib";
import { CompressionType, setCompressionCodec, tableFromIPC } from "@uwdata/flechette";
import { InputError } from "../../market/errors.ts";
import { lz4Frame } from "./lz4_frame.ts";
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
    const table = tableFromIPC(bytes);
    return {
      path,
      length: table.numRows,
      names: table.names.map(String),
      column: (name) => table.getChild(name).toArray() as ArrayLike<unknown>,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`Cannot read ${path}: it is no Feather file, or damaged (${reason})`);
  }
}
