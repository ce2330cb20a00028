import type { DataFrame } from "danfojs";
import { allocateColumns, Candles, FIELDS, KINDS } from "./candles.ts";
import { checkOptions } from "./check_options.ts";
import {
  checkedCandles,
  checkOrigin,
  kindByTrades,
  ORIGIN_OPTIONS,
  type Stamp,
} from "./checked_candles.ts";
import { describeValue } from "./describe_value.ts";
import { isItMeant } from "./did_you_mean.ts";
import { InputError } from "./errors.ts";
import { type Time, utcTime } from "./time.ts";
import { nominalLength, type Timeframe } from "./timeframe.ts";

/** What is read of a danfo DataFrame. */
export interface FrameColumns {
  readonly columns: string[];
  /** The rows' labels; danfo keeps them where rows are left out. */
  readonly index?: readonly unknown[];
  column(name: string): { readonly values: unknown };
}

/** How to read candles from a data frame. */
export interface CandlesFromFrameOptions {
  /**
   * What `timestamp` stands for. A frame that Lockstep made tells it by its column `kind` (it is the
   * close); of any other frame it has to be said.
   */
  stamp?: Stamp;
  /** By default the one that fits the times: see `inferTimeframe`. */
  timeframe?: Timeframe;
}

/**
 * A danfo DataFrame of `columns`, all of one length; values are kept as they are. danfo and
 * TensorFlow, which it brings along, are loaded only now. Mind that danfo's own arithmetic is done in
 * single precision.
 */
export async function columnsToFrame(
  columns: Readonly<Record<string, ArrayLike<number | string | boolean>>>,
): Promise<DataFrame> {
  // A specifier that Deno cannot read beforehand: a literal one is fetched even when it never runs.
  const specifier = "danfojs";
  const danfo: { DataFrame: typeof DataFrame } = await import(specifier);
  const names = Object.keys(columns), values = names.map((name) => Array.from(columns[name]));
  const options = { columns: names, dtypes: values.map(dtypeOf) };
  if (values.every(({ length }) => length === 0)) return new danfo.DataFrame([], options);
  return new danfo.DataFrame(Object.fromEntries(names.map((name, i) => [name, values[i]])), {
    dtypes: options.dtypes,
  });
}

/**
 * Candles as a danfo DataFrame with the columns timestamp, open, high, low, close, volume, trades and
 * kind. `timestamp` is the **close** time in UTC milliseconds. Throws an `InputError` for anything but
 * candles.
 */
export function candlesToFrame(candles: Candles): Promise<DataFrame> {
  if (!(candles instanceof Candles)) {
    throw new InputError(`candlesToFrame needs candles, but is given ${describeValue(candles)}`);
  }
  const { time, open, high, low, close, volume, trades } = candles;
  const kind = Array.from(candles.kind, (index) => KINDS[index]);
  return columnsToFrame({ timestamp: time, open, high, low, close, volume, trades, kind });
}

/**
 * Candles from a data frame with the columns timestamp (UTC milliseconds or ISO dates), open, high,
 * low, close and volume, and `trades` and `kind` if they are there. Without `kind`, a candle with
 * trades is `traded`, one with none `empty`, and one that does not say `backfilled`. Throws an
 * `InputError` for what it lacks, an unsaid stamp included, and a `CandleError` with the rows that are
 * no candles.
 */
export function candlesFromFrame(
  frame: FrameColumns,
  options: CandlesFromFrameOptions = {},
): Candles {
  checkOptions(options, ORIGIN_OPTIONS, "candlesFromFrame");
  checkOrigin(options);
  if (!isFrame(frame)) {
    throw new InputError(
      `candlesFromFrame needs a data frame, but is given ${describeValue(frame)}`,
    );
  }
  const timestamps = cells(frame, "timestamp"), columns = allocateColumns(timestamps.length);
  timestamps.forEach((cell, i) => columns.time[i] = timeOf(cell, i));
  const { trades, volume, kind } = columns, has = (name: string) => frame.columns.includes(name);
  const column = (name: string) => cellsBeside(timestamps, frame, name);
  for (const field of FIELDS) columns[field].set(column(field).map(numberIn(field)));
  if (has("trades")) trades.set(column("trades").map(numberIn("trades")));
  else trades.fill(NaN);
  if (has("kind")) kind.set(column("kind").map(kindOf));
  else kind.set(trades.map((count, i) => kindByTrades(count, volume[i])));
  const stamp = options.stamp ?? (has("kind") ? "close" : unsaidStamp());
  const candles = checkedCandles(columns, { ...options, source: SOURCE, stamp });
  if (options.timeframe === undefined) checkNoneLeftOut(frame, candles);
  return candles;
}

const SOURCE = "the data frame";

/**
 * Refuses a timeframe that fits the times only because rows were left out: of 30m candles every fourth
 * one looks like a 2h candle, but covers its last half hour alone. The index that danfo keeps tells.
 */
function checkNoneLeftOut({ index = [] }: FrameColumns, { time, timeframe }: Candles): void {
  if (!index.every((label) => Number.isInteger(label) && Number(label) < MOST_ROWS)) return;
  for (let i = 1; i < time.length; i++) {
    const rows = Number(index[i]) - Number(index[i - 1]), each = (time[i] - time[i - 1]) / rows;
    if (!(rows > 1) || each >= SHORTEST * nominalLength(timeframe)) continue;
    throw new InputError(
      `Cannot tell the timeframe of ${SOURCE}: its times fit ${timeframe} candles, but its index ` +
        `leaps from ${index[i - 1]} to ${
          index[i]
        }, so rows were left out. Say how long each candle ` +
        `is, as in candlesFromFrame(frame, { timeframe: "${timeframe}" })`,
    );
  }
}

/** Months differ in length; and labels above are no numbers of rows, but times. */
const SHORTEST = 0.9, MOST_ROWS = 1e8;

/** A column's cells, of which there have to be as many as of times. */
function cellsBeside(timestamps: readonly unknown[], frame: FrameColumns, name: string): unknown[] {
  const found = cells(frame, name);
  if (found.length === timestamps.length) return found;
  throw new InputError(
    `Cannot use column ${name}: it has ${found.length} values, but timestamp has ${timestamps.length}`,
  );
}

/** Whether it is a data frame, as far as is seen. */
export function isFrame(value: unknown): value is FrameColumns {
  return typeof value === "object" && value !== null && "column" in value && "columns" in value &&
    Array.isArray(value.columns);
}

/** Most sources stamp the open, our frames the close, and nothing in the numbers tells. */
function unsaidStamp(): never {
  throw new InputError(
    "Cannot tell whether the data frame's timestamp is the open or the close of its candles: say it, " +
      'as in candlesFromFrame(frame, { stamp: "open" }). Exchanges and most files stamp the open',
  );
}

function numberIn(name: string): (cell: unknown, i: number) => number {
  return (cell, i) => {
    if (typeof cell === "number") return cell;
    if (cell === null || cell === undefined) return NaN;
    throw new InputError(`Cannot use column ${name}, row ${i + 1}: ${cell} is no number`);
  };
}

function cells(frame: FrameColumns, name: string): unknown[] {
  if (frame.columns.includes(name)) return frame.column(name).values as unknown[];
  const hint = name === "timestamp"
    ? `: give it one with the candles' close times, UTC; or their open times and { stamp: "open" }`
    : isItMeant(name, frame.columns);
  throw new InputError(
    `The data frame has no column ${name} (it has ${frame.columns.join(", ")})${hint}`,
  );
}

function timeOf(cell: unknown, i: number): number {
  return utcTime(cell as Time, `Cannot use column timestamp, row ${i + 1}`);
}

function kindOf(cell: unknown, i: number): number {
  const kind = KINDS.findIndex((known) => known === cell);
  if (kind >= 0) return kind;
  throw new InputError(
    `Cannot use column kind, row ${i + 1}: ${cell} is not one of ${KINDS.join(", ")}`,
  );
}

/** Given, since danfo would guess it from the first rows, of which a value may be missing. */
function dtypeOf(values: (string | number | boolean)[]): string {
  const known = values.find((value) => !Number.isNaN(value));
  if (typeof known === "string") return "string";
  return typeof known === "boolean" ? "boolean" : "float32";
}
