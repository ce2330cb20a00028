import type { Stamp } from "./checked_candles.ts";

/**
 * What files of candles call the column of their times, and which end of a candle it then is. The first
 * one that a file has is taken: beside an open time, Binance's files have one that is a millisecond
 * short of the close.
 */
export const TIME_COLUMNS: Readonly<Record<string, Stamp>> = {
  open_time: "open",
  close_time: "close",
  time: "close",
  timestamp: "open",
  date: "open",
  datetime: "open",
};

/**
 * Which end of a candle a file's times are that are called `name`, where its other columns are `names`:
 * close times beside a column `kind`, for only a file made of Lockstep's own frames has that.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(stampOf("timestamp", ["timestamp", "close"]), "open");
 * assert.equal(stampOf("timestamp", ["timestamp", "close", "kind"]), "close");
 * ```
 */
export function stampOf(name: string, names: readonly string[]): Stamp {
  return name === "timestamp" && names.includes("kind") ? "close" : TIME_COLUMNS[name];
}
