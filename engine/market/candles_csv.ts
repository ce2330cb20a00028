import { allocateColumns, type CandleColumns, Candles, FIELDS, KINDS } from "./candles.ts";
import { checkOptions } from "./check_options.ts";
import {
  checkedCandles,
  checkOrigin,
  kindByTrades,
  ORIGIN_OPTIONS,
  type Stamp,
} from "./checked_candles.ts";
import { columnIndex, columnIndexes, type CsvBatch, type CsvHeader, csvRows } from "./csv_rows.ts";
import { InputError } from "./errors.ts";
import { numberCell } from "./number_cell.ts";
import { parseTime } from "./parse_time.ts";
import { iso, type Time, utcTime } from "./time.ts";
import { stampOf, TIME_COLUMNS } from "./time_columns.ts";
import { openTime, type Timeframe } from "./timeframe.ts";
import { writeCsv } from "./write_csv.ts";

/** How to read a file of candles. */
export interface ReadCandlesOptions {
  /**
   * What the times of the file stand for. By default those of a column `time` or `close_time` are close
   * times, as Lockstep writes them, and those of a column `timestamp`, `date`, `datetime` or `open_time`
   * open times, as exchanges give them; but those of a `timestamp` beside a column `kind` are close
   * times, for only a file made of Lockstep's own frames has both.
   */
  stamp?: Stamp;
  /** By default the one that fits the times: see `inferTimeframe`. */
  timeframe?: Timeframe;
  /** Only candles that lie wholly within [from, to]. */
  from?: Time;
  to?: Time;
}

/**
 * Reads candles from a CSV or CSV.gz file with a column of times (see `stamp`), open, high, low, close
 * and volume, in any order, and `trades` (or `count`) and `kind` if they are there; others are ignored.
 * Times are UTC milliseconds or ISO dates; the CSV of a frame that Lockstep made comes back as it was.
 * Without `kind`, a candle with trades
 * is `traded`, one with none `empty`, and one that does not say `backfilled`. Throws an `InputError`
 * for options that cannot be or leave no candle, with the line for what cannot be read, and a `CandleError` with the rows
 * that are no candles.
 */
export async function readCandlesCsv(
  path: string,
  options: ReadCandlesOptions = {},
): Promise<Candles> {
  checkOptions(options, [...ORIGIN_OPTIONS, "from", "to"], "readCandlesCsv");
  checkOrigin(options);
  const from = utcTime(options.from ?? -Infinity, "from");
  const to = utcTime(options.to ?? Infinity, "to");
  const parts: CandleColumns[] = [];
  let stamp = options.stamp, layout: Layout | undefined;
  for await (const batch of csvRows(path)) {
    layout ??= layoutOf(batch.header);
    stamp ??= stampOf(batch.header.names[layout.time], batch.header.names);
    parts.push(columnsOf(batch, layout));
  }
  const origin = { source: path, stamp: stamp!, timeframe: options.timeframe };
  const candles = checkedCandles(joined(parts), origin);
  const wanted = candles.between(from, to);
  if (wanted.length > 0 || candles.length === 0) return wanted;
  const { time } = candles, first = iso(openTime(time[0], candles.timeframe));
  throw new InputError(
    `${path} has no candle between from and to: it reaches from ${first} to ${
      iso(time[time.length - 1])
    }`,
  );
}

/**
 * Writes candles as CSV, gzipped if the name ends in `.gz`: close times, and numbers in the fewest
 * digits that read back as the same double. The file is there whole or not at all.
 */
export async function writeCandlesCsv(path: string, candles: Candles): Promise<void> {
  await writeCsv(path, [...COLUMNS], csvLines(candles));
}

const COLUMNS = ["time", ...FIELDS, "trades", "kind"] as const;

const NUMBERS = [...FIELDS, "trades"] as const;

/** Where a file has its columns. */
interface Layout {
  time: number;
  /** In the order of `NUMBERS`; -1 for a file without. */
  numbers: number[];
  kind: number;
}

function layoutOf(header: CsvHeader): Layout {
  const { time, open, high, low, close, volume } = columnIndexes(header, {
    time: Object.keys(TIME_COLUMNS),
    open: ["open"],
    high: ["high"],
    low: ["low"],
    close: ["close"],
    volume: ["volume"],
  });
  const trades = columnIndex(header, "trades", "count"), kind = columnIndex(header, "kind");
  return { time, numbers: [open, high, low, close, volume, trades], kind };
}

function columnsOf({ header, rows, line }: CsvBatch, layout: Layout): CandleColumns {
  const columns = allocateColumns(rows.length);
  const place = (i: number) => `Cannot read ${header.path}, line ${line + i}`;
  rows.forEach((row, i) => columns.time[i] = parseTime(row[layout.time], place(i)));
  NUMBERS.forEach((name, n) => {
    const column = columns[name], at = layout.numbers[n];
    for (let i = 0; i < rows.length; i++) column[i] = at < 0 ? NaN : numberCell(rows[i][at]);
  });
  rows.forEach((row, i) => {
    columns.kind[i] = layout.kind < 0
      ? kindByTrades(columns.trades[i], columns.volume[i])
      : kindCell(row[layout.kind], place(i));
  });
  return columns;
}

function kindCell(text: string, place: string): number {
  const kind = (KINDS as readonly string[]).indexOf(text.trim());
  if (kind >= 0) return kind;
  throw new InputError(`${place}: kind is "${text}", not one of ${KINDS.join(", ")}`);
}

function joined(parts: CandleColumns[]): CandleColumns {
  const columns = allocateColumns(parts.reduce((length, part) => length + part.time.length, 0));
  let at = 0;
  for (const part of parts) {
    for (const name of COLUMNS) columns[name].set(part[name], at);
    at += part.time.length;
  }
  return columns;
}

function* csvLines(candles: Candles): Generator<string> {
  const { time, open, high, low, close, volume, trades, kind } = candles;
  for (let i = 0; i < candles.length; i++) {
    const count = Number.isNaN(trades[i]) ? "" : trades[i];
    yield `${time[i]},${open[i]},${high[i]},${low[i]},${close[i]},${volume[i]},${count},` +
      KINDS[kind[i]];
  }
}
