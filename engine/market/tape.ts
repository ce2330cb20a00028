import { checkOptions } from "./check_options.ts";
import { checkTrade } from "./checks.ts";
import { columnIndex, columnIndexes, type CsvBatch, type CsvHeader, csvRows } from "./csv_rows.ts";
import { InputError } from "./errors.ts";
import { numberCell } from "./number_cell.ts";
import { parseTime } from "./parse_time.ts";
import { type Instrument, instrumentKey, type Side, type Trade } from "./trade.ts";

/** A trade of a recorded tape. */
export interface TapeRow {
  instrument: Instrument;
  trade: Trade;
  /** When it arrived at whoever recorded it, in UTC milliseconds and fractions of them. */
  received: number;
}

/** Which trades of a tape are wanted. */
export interface TapeOptions {
  /** Only this market; for a tape without a column `market`, the name of it (`tape` by default). */
  market?: string;
  /** Only this symbol; for a tape without a column `symbol`, the name of it (`TAPE` by default). */
  symbol?: string;
}

/**
 * The trades of a CSV or CSV.gz file in the file's order, in batches; memory does not grow with the
 * file. Columns id, timestamp, price, amount and side in any order; `market` and `symbol` name the
 * instrument, `recv_ns` is the time of arrival in nanoseconds since the epoch (`received` is
 * `timestamp` without it); others are ignored. Rows of one instrument share its object. Throws an
 * `InputError` with the line for anything that is no trade.
 */
export async function* readTape(
  path: string,
  options: TapeOptions = {},
): AsyncGenerator<TapeRow[]> {
  checkOptions(options, ["market", "symbol"], "readTape");
  for await (const rows of everyTapeRow(path, options)) {
    const wanted = rows.filter(({ instrument }) => isWanted(instrument, options));
    if (wanted.length > 0) yield wanted;
  }
}

/** Whether options want an instrument. */
export function isWanted({ exchange, symbol }: Instrument, options: TapeOptions): boolean {
  return exchange === (options.market ?? exchange) && symbol === (options.symbol ?? symbol);
}

/** Where a tape has its columns; -1 for what it lacks. */
interface Layout {
  id: number;
  timestamp: number;
  price: number;
  amount: number;
  side: number;
  market: number;
  symbol: number;
  received: number;
}

function layoutOf(header: CsvHeader): Layout {
  const needed = columnIndexes(header, {
    id: ["id"],
    timestamp: ["timestamp"],
    price: ["price"],
    amount: ["amount"],
    side: ["side"],
  });
  const market = columnIndex(header, "market"), symbol = columnIndex(header, "symbol");
  return { ...needed, market, symbol, received: columnIndex(header, "recv_ns") };
}

/** As `readTape`, wanted or not. `onBytes` sees the file's decompressed bytes as they pass. */
export async function* everyTapeRow(
  path: string,
  names: TapeOptions,
  onBytes?: (bytes: Uint8Array) => void,
): AsyncGenerator<TapeRow[]> {
  const instruments = new Map<string, Instrument>();
  let layout: Layout | undefined;
  for await (const batch of csvRows(path, onBytes)) {
    layout ??= layoutOf(batch.header);
    yield tapeRows(batch, layout, names, instruments);
  }
}

function tapeRows(
  { header, rows, line }: CsvBatch,
  at: Layout,
  names: TapeOptions,
  instruments: Map<string, Instrument>,
): TapeRow[] {
  return rows.map((row, i) => {
    const place = `Cannot read ${header.path}, line ${line + i}`;
    const exchange = row[at.market] ?? names.market ?? "tape";
    const named = { exchange, symbol: row[at.symbol] ?? names.symbol ?? "TAPE" };
    const instrument = instruments.getOrInsert(instrumentKey(named), named);
    const trade = tradeOf(row, at, place);
    const received = at.received < 0 ? trade.timestamp : receiveTime(row[at.received], place);
    return { instrument, trade, received };
  });
}

function tradeOf(row: string[], at: Layout, place: string): Trade {
  const trade = {
    id: row[at.id],
    timestamp: parseTime(row[at.timestamp], place),
    price: numberCell(row[at.price]),
    amount: numberCell(row[at.amount]),
    side: row[at.side].toLowerCase() as Side,
  };
  checkTrade(trade, place);
  return trade;
}

const NANOSECONDS = /^\d{18,19}$/;

/** Nanoseconds are past what a double counts, so that the milliseconds are cut off as text. */
function receiveTime(text: string, place: string): number {
  if (NANOSECONDS.test(text)) return Number(text.slice(0, -6)) + Number(text.slice(-6)) / 1e6;
  throw new InputError(`${place}: recv_ns is "${text}", not whole nanoseconds since the epoch`);
}
