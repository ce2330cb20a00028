import { type CandleColumns, FIELDS, KINDS } from "./candles.ts";
import { InputError } from "./errors.ts";
import { iso } from "./time.ts";
import { intervalEnd, isBoundary, type Timeframe, TIMEFRAMES } from "./timeframe.ts";
import type { Trade } from "./trade.ts";

/** How many reasons a message gives. */
const SHOWN = 5;

/** Candles that cannot be used: every bad row with its reason, the first few in the message. */
export class CandleError extends InputError {
  override name = "CandleError";
  constructor(source: string, readonly problems: readonly RowProblem[]) {
    const rows = Map.groupBy(problems, ({ reason }) => reason);
    const shown = [...rows].slice(0, SHOWN).map(([reason, [{ row }, ...same]]) =>
      `row ${row}${same.length > 0 ? ` and ${same.length} more` : ""}: ${reason}`
    );
    const more = rows.size > SHOWN ? `; and ${rows.size - SHOWN} other problems` : "";
    super(`Cannot use the candles of ${source}: ${shown.join("; ")}${more}`);
  }
}

/** What is wrong with a row; rows are counted from 1, a file's header not included. */
export interface RowProblem {
  row: number;
  reason: string;
}

/**
 * Refuses candles that are not usable: a price that is not a positive number, a high or low that the
 * other prices pass, a negative volume or one in a silent market, a time off the timeframe's grid, twice there or out of order.
 * Throws a `CandleError` that names each row. `source` is how the message calls them.
 */
export function checkCandles(columns: CandleColumns, timeframe: Timeframe, source: string): void {
  const problems: RowProblem[] = [];
  for (let i = 0; i < columns.time.length; i++) {
    const reason = problemOf(columns, i, timeframe);
    if (reason) problems.push({ row: i + 1, reason });
  }
  if (problems.length > 0) throw new CandleError(source, problems);
}

function problemOf(columns: CandleColumns, i: number, timeframe: Timeframe): string | undefined {
  const { time, open, high, low, close, volume, trades } = columns;
  for (const field of FIELDS) {
    const value = columns[field][i];
    if (!Number.isFinite(value)) return `${field} is ${value}, not a number`;
    if (field !== "volume" && value <= 0) return `${field} is ${value}, but prices are above 0`;
  }
  if (high[i] < open[i] || high[i] < close[i] || high[i] < low[i]) {
    return `high ${high[i]} is below another price of the candle`;
  }
  if (low[i] > open[i] || low[i] > close[i]) {
    return `low ${low[i]} is above another price of the candle`;
  }
  if (volume[i] < 0) return `volume is ${volume[i]}, but cannot be negative`;
  if (trades[i] < 0) return `trades is ${trades[i]}, but cannot be negative`;
  if (!Number.isNaN(trades[i]) && !Number.isSafeInteger(trades[i])) {
    return `trades is ${trades[i]}, but must be a whole number`;
  }
  if (KINDS[columns.kind[i]] === "empty" && volume[i] > 0) {
    return `kind is empty, but volume is ${volume[i]}`;
  }
  if (!Number.isSafeInteger(time[i])) return `time is ${time[i]}, not whole milliseconds`;
  if (!isBoundary(time[i], timeframe)) {
    return `time ${iso(time[i])} is no boundary of ${timeframe} candles`;
  }
  if (i > 0 && time[i] === time[i - 1]) return `time ${iso(time[i])} is there twice`;
  if (i > 0 && time[i] < time[i - 1]) {
    return `time ${iso(time[i])} is before the row above (${iso(time[i - 1])})`;
  }
  return undefined;
}

/** Refuses a trade that is no trade; `place` (such as a file's line) begins the message. */
export function checkTrade(trade: Trade, place: string): void {
  const problem = problemOfTrade(trade);
  if (problem) throw new InputError(`${place}: ${problem}`);
}

/** Prices and amounts outside of these are mistakes: the smallest lots have 12 decimals. */
export const LEAST = 1e-12, MOST = 1e15;

function problemOfTrade({ id, timestamp, price, amount, side }: Trade): string | undefined {
  if (!id) return "id is empty";
  if (!Number.isSafeInteger(timestamp) || timestamp <= 0) {
    return `timestamp is ${timestamp}, not whole UTC milliseconds`;
  }
  if (!Number.isFinite(price) || price <= 0) return `price is ${price}, not a number above 0`;
  if (!Number.isFinite(amount) || amount <= 0) return `amount is ${amount}, not a number above 0`;
  for (const [name, value] of [["price", price], ["amount", amount]] as const) {
    if (value < LEAST || value > MOST) return `${name} is ${value}, not from ${LEAST} to ${MOST}`;
  }
  if (side !== "buy" && side !== "sell") return `side is "${side}", not buy or sell`;
  return undefined;
}

/** The share of times on a timeframe's grid from which on the others count as mistakes. */
const MOSTLY = 0.8;

/**
 * The timeframe of candle times: the longest whose grid has nearly all of them, and whose length two
 * neighbours are apart. A few bad times do not hide it, so that the checks can name their rows.
 * Throws an `InputError` if there is none.
 */
export function inferTimeframe(times: ArrayLike<number>, source: string): Timeframe {
  const found = TIMEFRAMES.findLast((timeframe) => fits(times, timeframe));
  if (found) return found;
  if (times.length === 0) throw new InputError(`There are no candles in ${source}`);
  const rows = times.length === 1 ? "its one candle does" : `its ${times.length} candles do`;
  throw new InputError(
    `Cannot tell the timeframe of ${source}: the times of ${rows} not show one of ` +
      TIMEFRAMES.join(" ") + hintOf(times),
  );
}

/** What Binance's files call close times, for one. */
const JUST_BEFORE = ". They are close times less a millisecond: use the open times beside them";

/** What newest-first sources are answered. */
const BACKWARDS = ". They run from the newest to the oldest: sort them by time, ascending";

function hintOf(times: ArrayLike<number>): string {
  if (isJustBefore(times)) return JUST_BEFORE;
  return isBackwards(times) ? BACKWARDS : "";
}

function isBackwards(times: ArrayLike<number>): boolean {
  return times.length > 1 && Array.from(times).every((time, i) => i === 0 || time < times[i - 1]);
}

function isJustBefore(times: ArrayLike<number>): boolean {
  return times.length > 0 && Array.from(times).every((time) => (time + 1) % 1_000 === 0);
}

function fits(times: ArrayLike<number>, timeframe: Timeframe): boolean {
  let off = 0, neighbours = false;
  for (let i = 0; i < times.length; i++) {
    if (!isBoundary(times[i], timeframe)) {
      if (++off > (1 - MOSTLY) * times.length) return false;
    } else if (i > 0 && times[i] === intervalEnd(times[i - 1], timeframe)) neighbours = true;
  }
  return neighbours;
}
