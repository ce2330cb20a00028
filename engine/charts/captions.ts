import type { Candles } from "../market/candles.ts";
import { gapsBetween, missingIn, type RowTimes } from "../market/row_times.ts";
import type { Timeframe } from "../market/timeframe.ts";
import type { Result } from "../research/result.ts";

/** A strategy with its parameters, such as `sma_cross (fast 10, slow 30)`. */
export function strategyCaption(result: Result): string {
  const values = Object.entries(result.parameters).map(([name, value]) => valueText(name, value));
  return strategyName(result) + (values.length === 0 ? "" : ` (${values.join(", ")})`);
}

/** How the strategy of a result is called. */
export function strategyName({ strategy }: Result): string {
  return strategy?.name ?? "Hand-made signals";
}

/** A parameter with its value, such as `fast 10`. */
export function valueText(name: string, value: unknown): string {
  return `${name} ${value}`;
}

/** An instrument and its timeframe, as far as they are known. */
export function marketCaption(symbol: string, source: Clocked): string {
  const clock = clockCaption(source);
  return symbol === "" ? `${clock} candles` : `${symbol} ${clock}`;
}

/** Candles, or a result. */
type Clocked = Candles | Pick<Result, "timeframe" | "candles">;

/** A timeframe, and the shorter one of the candles where there is one: `1h by 1m`. */
export function clockCaption(source: Clocked): string {
  const { timeframe } = source, base = "candles" in source ? source.candles.timeframe : timeframe;
  return base === timeframe ? timeframe : `${timeframe} by ${base}`;
}

/** What a shorter clock's candles are for; nothing where there is none. */
export function madeCaption(
  { timeframe, candles }: { timeframe: Timeframe; candles: Pick<RowTimes, "timeframe"> },
): string {
  return candles.timeframe === timeframe ? "" : ` that make ${timeframe} ones`;
}

/** From when to when, in UTC; times of the day only where they are not midnight. */
export function spanCaption({ from, to }: { from: number; to: number }): string {
  const write = isMidnight(from) && isMidnight(to) ? dateText : timeText;
  return `${write(from)} to ${write(to)} UTC`;
}

/** A time as `2024-08-08 23:55`, in UTC; with its seconds where it has some. */
export function timeText(time: number): string {
  return new Date(time).toISOString().slice(0, readsSeconds(time) ? 19 : 16).replace("T", " ");
}

/** Whether a time is no full minute. */
export function readsSeconds(time: number): boolean {
  return time % 60_000 !== 0;
}

function dateText(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** What candles are missing between the first and the last; empty if none are. */
export function gapsCaption(rows: RowTimes): string[] {
  const missing = gapsBetween(rows).reduce((sum, gap) => sum + missingIn(gap, rows.timeframe), 0);
  if (missing === 0) return [];
  return [`${written(missing)} ${missing === 1 ? "candle" : "candles"} missing`];
}

/** A count as people read it. */
export function written(count: number): string {
  return count.toLocaleString("en-US");
}

function isMidnight(time: number): boolean {
  return time % 86_400_000 === 0;
}
