import { Candles, FIELDS, type Instruments } from "./candles.ts";
import { checkOnce } from "./checked_candles.ts";
import { isPlainObject } from "./check_options.ts";
import { describeValue } from "./describe_value.ts";
import { InputError } from "./errors.ts";
import { iso } from "./time.ts";
import { openTime } from "./timeframe.ts";

/** Candles of other markets, by symbol. */
export type InstrumentCandles = Readonly<Record<string, Candles>>;

/**
 * The candles with those of other markets of the same exchange beside them, which `instrument(symbol, …)`
 * reads: on each row the one that closes when it does, unknown (NaN) where there is none. What those have
 * at other times is not seen. Throws an `InputError` for candles of another timeframe, and for some that
 * have no row with these in common.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Candles } from "./candles.ts";
 *
 * const row = { open: 9, high: 9, low: 9, volume: 1, trades: 1, kind: "traded" as const };
 * const at = (...minutes: number[]) =>
 *   Candles.fromRows("1m", minutes.map((n) => ({ ...row, close: 9, time: n * 60_000 })));
 * const candles = withInstruments(at(1, 2, 3), { "ETH/USDT": at(2, 3, 4) });
 * assert.deepEqual([...candles.instruments!["ETH/USDT"].close], [NaN, 9, 9]);
 * ```
 */
export function withInstruments(candles: Candles, others: InstrumentCandles): Candles {
  if (!isPlainObject(others)) {
    throw new InputError(
      `instruments are candles by symbol, { "ETH/USDT": candles }, not ${describeValue(others)}`,
    );
  }
  for (const [symbol, other] of Object.entries(others)) checkOther(candles, symbol, other);
  const together = besideCandles(candles, others);
  for (const [symbol, { close }] of Object.entries(together.instruments!)) {
    if (close.length > 0 && close.every((price) => price !== price)) {
      throw new InputError(apart(candles, symbol, others[symbol]));
    }
  }
  return together;
}

/** The same of candles that need no check, and may have nothing in common. */
export function besideCandles(candles: Candles, others: InstrumentCandles): Candles {
  const found = Object.entries(others).map(([symbol, other]) => [symbol, beside(candles, other)]);
  const instruments = { ...candles.instruments, ...Object.fromEntries(found) };
  return new Candles(candles.timeframe, { ...candles, instruments }, candles.decimals);
}

function checkOther(candles: Candles, symbol: string, other: unknown): void {
  if (!(other instanceof Candles)) {
    throw new InputError(`The instrument ${symbol} needs candles, but is ${describeValue(other)}`);
  }
  checkOnce(other);
  if (other.timeframe === candles.timeframe) return;
  throw new InputError(
    `The instrument ${symbol} has ${other.timeframe} candles, but must have ${candles.timeframe} ones ` +
      "as the market itself: resample(candles, timeframe) makes longer ones",
  );
}

/** The rows of another market that close when those of `candles` do. */
function beside({ time, length }: Candles, other: Candles): Instruments[string] {
  const rows = Int32Array.from({ length }, () => -1);
  for (let i = 0, n = 0; i < length; i++) {
    while (other.time[n] < time[i]) n++;
    if (other.time[n] === time[i]) rows[i] = n;
  }
  const column = (values: Float64Array) => Float64Array.from(rows, (n) => n < 0 ? NaN : values[n]);
  return Object.fromEntries(FIELDS.map((field) => [field, column(other[field])])) as Record<
    typeof FIELDS[number],
    Float64Array
  >;
}

function apart(candles: Candles, symbol: string, other: Candles): string {
  const span = ({ time, timeframe, length }: Candles) =>
    length === 0
      ? "has none"
      : `is from ${iso(openTime(time[0], timeframe))} to ${iso(time[length - 1])}`;
  return `No candle of the instrument ${symbol} closes with one of the market: it ${
    span(other)
  }, the ` +
    `market ${span(candles)}`;
}
