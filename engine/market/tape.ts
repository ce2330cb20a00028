import { createHash } from "node:crypto";
import { checkTrade } from "./checks.ts";
import { numberCell, parseTime } from "./csv_cells.ts";
import { columnIndex, columnIndexes, type CsvBatch, type CsvHeader, csvRows } from "./csv_rows.ts";
import { InputError } from "./errors.ts";
import { decimalsOf, fitsDecimals } from "./exact.ts";
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
  onBytes?: (bytes: Uint8Array) => void,
): AsyncGenerator<TapeRow[]> {
  let layout: Layout | undefined;
  const instrumentOf = instruments(options);
  for await (const batch of csvRows(path, onBytes)) {
    layout ??= layoutOf(batch.header);
    const rows = tapeRows(batch, layout, instrumentOf);
    if (rows.length > 0) yield rows;
  }
}

/** What a tape holds of one instrument. */
export interface TapeContent {
  instrument: Instrument;
  /** Number of trades. */
  trades: number;
  /** Earliest and latest timestamp. */
  from: number;
  to: number;
  /** The fewest decimals that write every price; `undefined` if the prices are no decimal numbers. */
  priceDecimals: number | undefined;
}

export interface TapeDescription {
  /** The instruments that are wanted, in the order in which they first trade. */
  contents: readonly TapeContent[];
  /** SHA-256 of the whole file, decompressed, in hexadecimal. */
  fingerprint: string;
}

const descriptions = new Map<string, Promise<TapeDescription>>();

/**
 * What is in a tape, in one pass over the file; told again without reading while the file's time and
 * size stay the same. Errors are those of `readTape`.
 */
export async function describeTape(
  path: string,
  options: TapeOptions = {},
): Promise<TapeDescription> {
  const file = await Deno.stat(path).catch(() => undefined);
  const { market, symbol } = options;
  const key = JSON.stringify([path, file?.mtime, file?.size, market, symbol]);
  const described = descriptions.get(key) ?? describe(path, options);
  descriptions.set(key, described);
  described.catch(() => descriptions.delete(key));
  return described;
}

async function describe(path: string, options: TapeOptions): Promise<TapeDescription> {
  const contents = new Map<Instrument, TapeContent>(), hash = createHash("sha256");
  for await (const rows of readTape(path, options, (bytes) => hash.update(bytes))) {
    for (const { instrument, trade } of rows) {
      const content = contents.get(instrument);
      if (content) addTrade(content, trade);
      else contents.set(instrument, contentOf(instrument, trade));
    }
  }
  return { contents: [...contents.values()], fingerprint: hash.digest("hex") };
}

function contentOf(instrument: Instrument, { timestamp, price }: Trade): TapeContent {
  const priceDecimals = decimalsOf([price]);
  return { instrument, trades: 1, from: timestamp, to: timestamp, priceDecimals };
}

function addTrade(content: TapeContent, { timestamp, price }: Trade): void {
  const { priceDecimals } = content;
  content.trades++;
  content.from = Math.min(content.from, timestamp);
  content.to = Math.max(content.to, timestamp);
  if (priceDecimals !== undefined && !fitsDecimals(price, priceDecimals)) {
    content.priceDecimals = decimalsOf([price], priceDecimals);
  }
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

/** Finds an instrument by the cells that name it; `undefined` if it is not wanted. */
type InstrumentOf = (market?: string, symbol?: string) => Instrument | undefined;

function instruments(wanted: TapeOptions): InstrumentOf {
  const known = new Map<string, Instrument | undefined>();
  return (market = wanted.market ?? "tape", symbol = wanted.symbol ?? "TAPE") => {
    const instrument = { exchange: market, symbol }, key = instrumentKey(instrument);
    if (!known.has(key)) {
      const isWanted = market === (wanted.market ?? market) && symbol === (wanted.symbol ?? symbol);
      known.set(key, isWanted ? instrument : undefined);
    }
    return known.get(key);
  };
}

function tapeRows({ header, rows, line }: CsvBatch, at: Layout, instrumentOf: InstrumentOf) {
  const found: TapeRow[] = [];
  rows.forEach((row, i) => {
    const instrument = instrumentOf(row[at.market], row[at.symbol]);
    if (!instrument) return;
    const place = `Cannot read ${header.path}, line ${line + i}`;
    const trade = tradeOf(row, at, place);
    const received = at.received < 0 ? trade.timestamp : receiveTime(row[at.received], place);
    found.push({ instrument, trade, received });
  });
  return found;
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
