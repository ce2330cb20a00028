// @ts-types="@types/papaparse"
import Papa from "papaparse";
import { isItMeant } from "./did_you_mean.ts";
import { InputError } from "./errors.ts";
import { fileText } from "./file_text.ts";

/** The first line of a CSV file: its columns' names, trimmed and in lower case. */
export interface CsvHeader {
  path: string;
  names: readonly string[];
}

/** Some rows of a CSV file; each has a cell for every name of the header. */
export interface CsvBatch {
  header: CsvHeader;
  rows: string[][];
  /** The line of `rows[0]` in the file; the header is line 1. */
  line: number;
}

/**
 * The rows of a CSV or CSV.gz file in batches; memory does not grow with the file. Cells may be
 * quoted but hold no line break. Blank lines at the end are ignored. A file with a header and no
 * rows gives one empty batch. `onBytes` sees the decompressed bytes as they pass. Throws an
 * `InputError` with the file and line if the file is missing, empty or damaged, or a row has not as
 * many cells as the header.
 */
export async function* csvRows(
  path: string,
  onBytes?: (bytes: Uint8Array) => void,
): AsyncGenerator<CsvBatch> {
  let header: CsvHeader | undefined, line = 1;
  try {
    for await (const text of fileText(path, onBytes)) {
      const rows = parse(text, path, line);
      const length = rows.length, first = header ? line : line + 1;
      header ??= { path, names: rows.shift()!.map((name) => name.trim().toLowerCase()) };
      dropBlankEnd(rows);
      checkWidths(rows, header, first);
      yield { header, rows, line: first };
      line += length;
    }
  } catch (error) {
    throw damaged(error) ? new InputError(damage(path, line)) : error;
  }
  if (!header) throw new InputError(`Cannot read ${path}: it is empty`);
}

/**
 * Where the columns are that `wanted` lists, each under one of several names. Throws an `InputError`
 * with the names needed and found.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * const header = { path: "a.csv", names: ["timestamp", "price"] };
 * assert.equal(columnIndexes(header, { price: ["price"] }).price, 1);
 * ```
 */
export function columnIndexes<Name extends string>(
  header: CsvHeader,
  wanted: Readonly<Record<Name, readonly string[]>>,
): Record<Name, number> {
  const indexes = {} as Record<Name, number>, missing: string[] = [], hints: string[] = [];
  for (const name in wanted) {
    indexes[name] = columnIndex(header, ...wanted[name]);
    if (indexes[name] >= 0) continue;
    missing.push(wanted[name].join(" or "));
    if (isOtherwiseCut(header)) hints.unshift(": cells must be separated by commas");
    hints.push(wanted[name].includes("time") ? TIME_HINT : isItMeant(name, header.names));
  }
  if (missing.length === 0) return indexes;
  throw new InputError(
    `Cannot use ${header.path}: it has no column ${missing.join(", ")} ` +
      `(its first line has ${header.names.join(", ")})${hints.find((hint) => hint !== "") ?? ""}`,
  );
}

function isOtherwiseCut({ names }: CsvHeader): boolean {
  return names.length === 1 && /[;\t|]/.test(names[0]);
}

/** Nothing in a file but the name tells which end of a candle its times are. */
const TIME_HINT =
  ': call its times "time" if the candles close then, "timestamp" or "date" if they open then';

/** Where the first of `names` is that the file has; -1 if it has none. Refuses one that is there twice. */
export function columnIndex(header: CsvHeader, ...names: string[]): number {
  const found = names.find((name) => header.names.includes(name));
  if (found === undefined) return -1;
  const index = header.names.indexOf(found);
  if (header.names.lastIndexOf(found) === index) return index;
  throw new InputError(`Cannot use ${header.path}: it has several columns ${found}`);
}

function parse(text: string, path: string, line: number): string[][] {
  const whole = text.endsWith("\n") ? text.slice(0, -1) : text;
  const { data, errors } = Papa.parse<string[]>(whole, { delimiter: ",", newline: "\n" });
  if (errors.length === 0) return data;
  const { row = 0, message } = errors[0];
  throw new InputError(`Cannot read ${path}, line ${line + row}: ${message}`);
}

function dropBlankEnd(rows: string[][]): void {
  while (rows.length > 0 && isBlank(rows.at(-1)!)) rows.pop();
}

function checkWidths(rows: string[][], { path, names }: CsvHeader, line: number): void {
  rows.forEach((row, i) => {
    if (row.length === names.length && !isBlank(row)) return;
    const found = isBlank(row) ? "is empty" : `has ${row.length} cells`;
    throw new InputError(
      `Cannot read ${path}, line ${line + i}: it ${found}, the header has ${names.length} cells`,
    );
  });
}

function isBlank(row: string[]): boolean {
  return row.length === 1 && row[0].trim() === "";
}

function damaged(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}

function damage(path: string, line: number): string {
  return `Cannot read ${path} past line ${line - 1}: its gzip data is damaged or cut off`;
}
