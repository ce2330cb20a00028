import { InputError } from "../../market/errors.ts";
import { fileText } from "../../market/file_text.ts";
import { numberCell } from "../../market/number_cell.ts";
import { parseTime } from "../../market/parse_time.ts";
import { type FileRow, rowColumns } from "./row_columns.ts";
import type { FileColumns } from "./table_columns.ts";
import { zipText } from "./zip_text.ts";

/** open_time, open, high, low, close, volume, close_time, quote volume, count, and three more. */
const CELLS = 12, COUNT = 8;

/** The year 5138 in milliseconds; from here on a number counts microseconds. */
const MICROSECONDS_FROM = 1e14;

/**
 * The candles of a file of klines as Binance publishes them: 12 columns, in later files with a header,
 * and since 2025 with times in microseconds. As a CSV or CSV.gz file, or the only one in a zip.
 */
export async function klines(path: string): Promise<FileColumns> {
  const rows: FileRow[] = [];
  let line = 0;
  for await (const piece of texts(path)) {
    for (const text of piece.split("\n")) {
      line++;
      if (text.trim() === "" || (line === 1 && isKlinesHeader(text))) continue;
      rows.push(rowOf(text, `Cannot read ${path}, line ${line}`));
    }
    if (piece.endsWith("\n")) line--;
  }
  return { columns: rowColumns(rows), stamp: "open" };
}

async function* texts(path: string): AsyncGenerator<string> {
  if (path.toLowerCase().endsWith(".zip")) yield await zipText(path);
  else yield* fileText(path);
}

/** Whether a CSV file begins as one of klines. */
export function beginsAsKlines(firstLine: string): boolean {
  if (isKlinesHeader(firstLine)) return true;
  const cells = firstLine.split(",");
  return cells.length === CELLS && cells.every((cell) => Number.isFinite(numberCell(cell)));
}

function isKlinesHeader(line: string): boolean {
  return line.startsWith("open_time,open,high,low,close,volume,close_time,");
}

function rowOf(text: string, place: string): FileRow {
  const cells = text.split(",");
  if (cells.length !== CELLS) {
    throw new InputError(`${place}: it has ${cells.length} cells, klines have ${CELLS}`);
  }
  const [open, high, low, close, volume] = cells.slice(1, 6).map(numberCell);
  return [openTime(cells[0], place), open, high, low, close, volume, numberCell(cells[COUNT])];
}

function openTime(text: string, place: string): number {
  const time = numberCell(text);
  if (!(time >= MICROSECONDS_FROM)) return parseTime(text, place);
  if (time % 1_000 === 0) return time / 1_000;
  throw new InputError(`${place}: ${text} is no whole number of milliseconds in microseconds`);
}
