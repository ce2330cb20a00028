import { gunzipSync } from "node:zlib";

const BLOCK = 512;

/**
 * The files of a .tar.gz as text, by their path in it. Reads plain files and folders, which is all
 * that the reference archives hold, and throws on any other kind of entry.
 */
export function readTarGz(path: string): Map<string, string> {
  const tar = new Uint8Array(gunzipSync(Deno.readFileSync(path)));
  const files = new Map<string, string>(), utf8 = new TextDecoder();
  const field = (at: number, length: number) =>
    utf8.decode(tar.subarray(at, at + length)).split("\0")[0];
  for (let at = 0; at < tar.length && tar[at] !== 0;) {
    const kind = field(at + 156, 1), size = parseInt(field(at + 124, 12), 8);
    const prefix = field(at + 345, 155), name = field(at, 100);
    const body = at + BLOCK;
    if (kind === "0" || kind === "") {
      files.set(prefix ? `${prefix}/${name}` : name, utf8.decode(tar.subarray(body, body + size)));
    } else if (kind !== "5") {
      throw new Error(`Cannot read ${path}: entry ${name} is of the unknown kind "${kind}"`);
    }
    at = body + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
