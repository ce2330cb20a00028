import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { InputError } from "./errors.ts";
import { lookedIn } from "./looked_in.ts";

/** Lines that go to the file as one piece. */
const PIECE = 4_096;

/**
 * Writes a CSV file, gzipped if its name ends in `.gz`. It goes to a temporary file beside it first,
 * so that what stands at `path` is whole at any time. `lines` are without their line ends.
 */
export async function writeCsv(
  path: string,
  columns: readonly string[],
  lines: Iterable<string>,
): Promise<void> {
  const partial = `${path}.${Deno.pid}.partial`;
  const source = Readable.from(pieces(columns, lines)), file = createWriteStream(partial);
  try {
    if (path.endsWith(".gz")) await pipeline(source, createGzip(), file);
    else await pipeline(source, file);
    await Deno.rename(partial, path);
  } catch (error) {
    await Deno.remove(partial).catch(() => {});
    throw unwritable(path, error);
  }
}

function* pieces(columns: readonly string[], lines: Iterable<string>): Generator<string> {
  let piece = [columns.join(",")];
  for (const line of lines) {
    piece.push(line);
    if (piece.length < PIECE) continue;
    yield piece.join("\n") + "\n";
    piece = [];
  }
  yield piece.map((line) => line + "\n").join("");
}

function unwritable(path: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") {
    return new InputError(`Cannot write ${path}: there is no such folder${lookedIn(path)}`);
  }
  if (code === "EACCES") return new InputError(`Cannot write ${path}: permission denied`);
  if (code === "EISDIR") return new InputError(`Cannot write ${path}: it is a folder`);
  return error;
}
