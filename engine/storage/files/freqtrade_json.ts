import { gunzipSync } from "node:zlib";
import { InputError } from "../../market/errors.ts";
import { parseTime } from "../../market/parse_time.ts";
import { type FileRow, rowColumns } from "./row_columns.ts";
import type { FileColumns } from "./table_columns.ts";

const CELLS = 6;

/**
 * The candles of a JSON or JSON.gz file as freqtrade writes it, and as exchanges answer: a list of
 * [open time in UTC milliseconds, open, high, low, close, volume].
 */
export async function freqtradeJson(path: string): Promise<FileColumns> {
  const rows = parsed(await Deno.readFile(path), path).map((row, i) =>
    rowOf(row, `Cannot read ${path}, row ${i + 1}`)
  );
  return { columns: rowColumns(rows), stamp: "open" };
}

function parsed(bytes: Uint8Array, path: string): unknown[] {
  try {
    const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
    const value: unknown = JSON.parse(new TextDecoder().decode(plain));
    if (Array.isArray(value)) return value;
  } catch { /* said below */ }
  throw new InputError(
    `Cannot read ${path}: it is no JSON list of [time, open, high, low, close, volume]`,
  );
}

function rowOf(row: unknown, place: string): FileRow {
  if (!Array.isArray(row) || row.length < CELLS) {
    throw new InputError(`${place}: it is no list [time, open, high, low, close, volume]`);
  }
  const [time, ...values] = row.slice(0, CELLS);
  const wrong = values.find((value) => typeof value !== "number");
  if (wrong !== undefined) throw new InputError(`${place}: ${JSON.stringify(wrong)} is no number`);
  const [open, high, low, close, volume] = values;
  return [parseTime(String(time), place), open, high, low, close, volume, NaN];
}
