import { Buffer } from "node:buffer";
import { crc32, inflateRawSync } from "node:zlib";
import { InputError } from "../../market/errors.ts";

const END = 0x06054b50, ENTRY = 0x02014b50, END_LENGTH = 22, LONGEST_COMMENT = 0xffff;

/** Of how a file is packed: as it is, or deflated. */
const STORED = 0, DEFLATED = 8;

/**
 * The text of the one CSV file in a zip archive (as exchanges publish them), checked against its
 * checksum. Throws an `InputError` for anything else.
 */
export async function zipText(path: string): Promise<string> {
  const file = Buffer.from((await Deno.readFile(path)).buffer);
  try {
    const csv = entries(file).filter(({ name }) => name.toLowerCase().endsWith(".csv"));
    if (csv.length !== 1) throw new InputError(`it holds ${csv.length} CSV files, not one`);
    return new TextDecoder("utf-8", { fatal: true }).decode(content(file, csv[0]));
  } catch (error) {
    const reason = error instanceof InputError
      ? error.message
      : "its zip data is damaged or cut off";
    throw new InputError(`Cannot read ${path}: ${reason}`);
  }
}

interface Entry {
  name: string;
  method: number;
  checksum: number;
  packed: number;
  length: number;
  header: number;
}

/** What the list at the end of the archive says. */
function entries(file: Buffer): Entry[] {
  let end = file.length - END_LENGTH;
  while (end >= 0 && file.readUInt32LE(end) !== END) {
    if (--end < file.length - END_LENGTH - LONGEST_COMMENT) break;
  }
  const count = file.readUInt16LE(end + 10), found: Entry[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (file.readUInt32LE(at) !== ENTRY) throw new InputError("its list of files is damaged");
    const [name, extra, comment] = [28, 30, 32].map((offset) => file.readUInt16LE(at + offset));
    found.push({
      name: file.toString("utf8", at + 46, at + 46 + name),
      method: file.readUInt16LE(at + 10),
      checksum: file.readUInt32LE(at + 16),
      packed: file.readUInt32LE(at + 20),
      length: file.readUInt32LE(at + 24),
      header: file.readUInt32LE(at + 42),
    });
    at += 46 + name + extra + comment;
  }
  return found;
}

function content(
  file: Buffer,
  { name, method, checksum, packed, length, header }: Entry,
): Uint8Array {
  const start = header + 30 + file.readUInt16LE(header + 26) + file.readUInt16LE(header + 28);
  const bytes = file.subarray(start, start + packed);
  if (method !== STORED && method !== DEFLATED) {
    throw new InputError(`${name} is packed in a way that is not known here (${method})`);
  }
  const text = method === STORED ? bytes : inflateRawSync(bytes, { maxOutputLength: length || 1 });
  if (text.length === length && crc32(text) === checksum) return text;
  throw new InputError(`${name} is not what its checksum says`);
}
