import { Buffer } from "node:buffer";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { InputError } from "./errors.ts";
import { lookedIn } from "./looked_in.ts";

const PIECE = 1 << 18;

/** Past this many characters without a line break it is no file of lines. */
const LONGEST_LINE = 1 << 20;

/**
 * The text of a file in pieces of whole lines, without a byte order mark and with `\n` line ends,
 * however large the file. Gzip is known by its content, not by the file's name. `onBytes` sees the
 * decompressed bytes as they pass.
 */
export async function* fileText(
  path: string,
  onBytes?: (bytes: Uint8Array) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of fileBytes(path)) {
    onBytes?.(bytes);
    const text = rest + decoder.decode(bytes, { stream: true });
    const cut = text.lastIndexOf("\n") + 1;
    rest = text.slice(cut);
    if (rest.length > LONGEST_LINE) {
      throw new InputError(`Cannot read ${path}: a line is longer than 1 MiB. Is it a text file?`);
    }
    if (cut > 0) yield withPlainLineEnds(text.slice(0, cut));
  }
  rest += decoder.decode();
  if (rest) yield withPlainLineEnds(rest);
}

function withPlainLineEnds(text: string): string {
  return text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
}

async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
  const gzip = await isGzip(path);
  const file = createReadStream(path, { highWaterMark: PIECE });
  // node:zlib is twice as fast as DecompressionStream, and reads files of several gzip members.
  const source = gzip ? pipeline(file, createGunzip({ chunkSize: PIECE }), () => {}) : file;
  try {
    for await (const bytes of source) yield bytes as Buffer;
  } catch (error) {
    // So the library calls bytes behind the last member that are none.
    if (!(error instanceof Error) || error.message !== "incorrect header check") throw error;
    throw new InputError(`Cannot read ${path}: behind its gzip data there is something else`);
  }
}

async function isGzip(path: string): Promise<boolean> {
  try {
    using file = await Deno.open(path);
    const magic = new Uint8Array(2);
    return await file.read(magic) === 2 && magic[0] === 0x1f && magic[1] === 0x8b;
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): unknown {
  if (error instanceof Deno.errors.NotFound) {
    return new InputError(`There is no file ${path}${lookedIn(path)}`);
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return new InputError(`Cannot read ${path}: permission denied`);
  }
  if (error instanceof Error && "code" in error && error.code === "EISDIR") {
    return new InputError(`Cannot read ${path}: it is a folder`);
  }
  return error;
}
