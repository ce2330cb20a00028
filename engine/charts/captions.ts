import { type Candles, missingIn } from "../market/candles.ts";
import type { Result } from "../research/result.ts";

/** A strategy with its parameters, such as `sma_cross (fast 10, slow 30)`. */
export function strategyCaption({ strategy, parameters }: Result): string {
  const values = Object.entries(parameters).map(([name, value]) => `${name} ${value}`).join(", ");
  return (strategy?.name ?? "Hand-made signals") + (values === "" ? "" : ` (${values})`);
}

/** An instrument and its timeframe, as far as they are known. */
export function marketCaption(symbol: string, { timeframe }: Candles): string {
  return symbol === "" ? `${timeframe} candles` : `${symbol} ${timeframe}`;
}

/** From when to when, in UTC; times of the day only where they are not midnight. */
export function spanCaption({ from, to }: { from: number; to: number }): string {
  const whole = isMidnight(from) && isMidnight(to);
  const write = (time: number) =>
    new Date(time).toISOString().slice(0, whole ? 10 : 16).replace("T", " ");
  return `${write(from)} to ${write(to)} UTC`;
}

/** What candles are missing between the first and the last; empty if none are. */
export function gapsCaption(candles: Candles): string[] {
  const missing = candles.gaps().reduce((sum, gap) => sum + missingIn(gap, candles.timeframe), 0);
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
