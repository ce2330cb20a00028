import {
  allocateColumns,
  type CandleColumns,
  FIELDS,
  type Kind,
  KINDS,
} from "../../market/candles.ts";
import { kindByTrades, type Stamp } from "../../market/checked_candles.ts";
import { isItMeant } from "../../market/did_you_mean.ts";
import { InputError } from "../../market/errors.ts";
import { parseTime } from "../../market/parse_time.ts";
import { stampOf, TIME_COLUMNS } from "../../market/time_columns.ts";

/** A table of any kind of file. */
export interface FileTable {
  path: string;
  length: number;
  /** Its columns' names as they are written there. */
  names: readonly string[];
  column(name: string): ArrayLike<unknown>;
  /** The columns that hold times of a day, without its date. */
  undated?: readonly string[];
}

/** Candles as a file has them, unchecked, and which end of them its times are. */
export interface FileColumns {
  columns: CandleColumns;
  stamp: Stamp;
}

/**
 * The candles of a table with open, high, low, close and volume, and a time: `close_time` or `time` is
 * the close, `open_time`, `timestamp`, `date` or `datetime` the open, unless `stamp` says otherwise.
 * Times are dates, or UTC milliseconds. `trades` (or `count`) and `kind` are read if they are there. A
 * whole number that no double is, such as an amount past 2^53, becomes the nearest one, as in a CSV.
 */
export function tableColumns(table: FileTable, stamp?: Stamp): FileColumns {
  const names = Object.keys(TIME_COLUMNS), time = names.find((name) => find(table, name));
  if (time === undefined) throw lacks(table, `time (${names.join(", ")})`, "");
  if (table.undated?.includes(find(table, time)!)) {
    throw new InputError(`Cannot use ${table.path}: ${time} is a time of day without its date`);
  }
  const columns = allocateColumns(table.length), times = needed(table, time);
  for (let i = 0; i < table.length; i++) columns.time[i] = timeCell(times[i], place(table, i));
  for (const field of FIELDS) fill(columns[field], needed(table, field), table, field);
  const trades = find(table, "trades") ?? find(table, "count"), kind = find(table, "kind");
  if (trades) fill(columns.trades, table.column(trades), table, trades);
  else columns.trades.fill(NaN);
  const kinds = kind ? table.column(kind) : undefined;
  for (let i = 0; i < table.length; i++) {
    columns.kind[i] = kinds
      ? kindCell(kinds[i], place(table, i))
      : kindByTrades(columns.trades[i], columns.volume[i]);
  }
  const lower = table.names.map((name) => name.toLowerCase());
  return { columns, stamp: stamp ?? stampOf(time, lower) };
}

function find({ names }: FileTable, name: string): string | undefined {
  return names.find((own) => own.toLowerCase() === name);
}

function needed(table: FileTable, name: string): ArrayLike<unknown> {
  const own = find(table, name);
  if (own !== undefined) return table.column(own);
  throw lacks(table, name, isItMeant(name, table.names));
}

function lacks({ path, names }: FileTable, what: string, hint: string): InputError {
  return new InputError(
    `Cannot use ${path}: it has no column ${what}; it has ${names.join(", ")}${hint}`,
  );
}

function place({ path }: FileTable, i: number): string {
  return `Cannot read ${path}, row ${i + 1}`;
}

function timeCell(cell: unknown, place: string): number {
  if (cell instanceof Date) return cell.getTime();
  return parseTime(cell === null || cell === undefined ? "" : String(cell), place);
}

function kindCell(cell: unknown, place: string): number {
  const kind = KINDS.indexOf(cell as Kind);
  if (kind >= 0) return kind;
  throw new InputError(`${place}: kind is "${cell}", not one of ${KINDS.join(", ")}`);
}

function fill(
  column: Float64Array,
  cells: ArrayLike<unknown>,
  table: FileTable,
  name: string,
): void {
  for (let i = 0; i < table.length; i++) {
    const cell = cells[i];
    if (typeof cell === "number") column[i] = cell;
    else if (typeof cell === "bigint") column[i] = Number(cell);
    else if (cell === null || cell === undefined) column[i] = NaN;
    else throw new InputError(`${place(table, i)}: ${name} is "${cell}", no number`);
  }
}
