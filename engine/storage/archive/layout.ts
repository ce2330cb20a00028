import { InputError } from "../../market/errors.ts";
import {
  intervalEnd,
  intervalStart,
  nominalLength,
  type Timeframe,
} from "../../market/timeframe.ts";
import type { MarketKey } from "../../ports/store.ts";
import type { Span } from "./spans.ts";

/**
 * The folder of a series: EXCHANGE/SYMBOL/TIMEFRAME. A symbol's `/` is `_` there and its `:` is `+`;
 * whatever else some file system could take amiss, such as small letters where they might pass for
 * large ones, is spelled by its code, as in URLs. Different series have different folders.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * const key = { exchange: "okx", symbol: "BTC/USDT:USDT", timeframe: "1m" as const };
 * assert.equal(seriesFolder(key), "okx/BTC_USDT+USDT/1m");
 * assert.equal(seriesFolder({ ...key, symbol: "kPEPE", timeframe: "1M" }), "okx/%6bPEPE/1mo");
 * ```
 */
export function seriesFolder({ exchange, symbol, timeframe }: MarketKey): string {
  // A month must not pass for a minute where the case of names does not count.
  const length = timeframe === "1M" ? "1mo" : timeframe;
  return [
    safeName(exchange, /[a-z0-9_@-]/),
    safeName(symbol, /[A-Z0-9-]/).replaceAll("%2f", "_").replaceAll("%3a", "+"),
    length,
  ].join("/");
}

/** Names that Windows keeps for itself. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

function safeName(text: string, plain: RegExp): string {
  if (text === "") throw new InputError("Cannot keep candles of a market without a name");
  const spelled = Array.from(
    text,
    (character) => plain.test(character) ? character : code(character),
  );
  if (RESERVED.test(text)) spelled[0] = code(text[0]);
  return spelled.join("");
}

function code(character: string): string {
  const bytes = new TextEncoder().encode(character);
  return Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}

/** How much time a file holds: a day of seconds, a month of minutes, a year of hours or longer. */
function period(timeframe: Timeframe): "1d" | "1M" | "year" {
  const length = nominalLength(timeframe);
  if (length < nominalLength("1m")) return "1d";
  return length < nominalLength("1h") ? "1M" : "year";
}

/** The time of the file that has the candle which opens at `open`. */
export function partSpan(open: number, timeframe: Timeframe): Span {
  const length = period(timeframe);
  if (length !== "year") {
    const from = intervalStart(open, length);
    return { from, to: intervalEnd(from, length) };
  }
  const year = new Date(open).getUTCFullYear();
  return { from: Date.UTC(year), to: Date.UTC(year + 1) };
}

/** The name of the file that has the candle which opens at `open`: 2024-01-31, 2024-01 or 2024. */
export function partName(open: number, timeframe: Timeframe): string {
  const digits = { "1d": 10, "1M": 7, "year": 4 }[period(timeframe)];
  return `${new Date(open).toISOString().slice(0, digits)}.parquet`;
}

/** The time of the file with this name, or `undefined` if it is none of the archive's. */
export function spanOfName(name: string, timeframe: Timeframe): Span | undefined {
  const [, date] = /^(\d{4}(?:-\d\d){0,2})\.parquet$/.exec(name) ?? [];
  const from = date ? Date.parse(`${date}T00:00Z`.replace(/^(\d{4}(?:-\d\d)?)T.*/, "$1")) : NaN;
  const fits = !Number.isNaN(from) && partName(from, timeframe) === name;
  return fits ? partSpan(from, timeframe) : undefined;
}
