import type { CandleColumns } from "../market/candles.ts";
import { openTime } from "../market/timeframe.ts";
import type { Desk, FilledInside } from "./desk.ts";
import { liquidate } from "./margin.ts";
import { exit, exitPart } from "./orders.ts";
import { isStop } from "./is_stop.ts";
import { stopHit, stopHitInside } from "./stops.ts";

/**
 * Closes what the next level that candle `i` reaches closes: the position, or a part of it. Returns
 * whether there was one; behind a part there may be another.
 */
export function takeStop(
  desk: Desk,
  candles: CandleColumns,
  i: number,
  filled: FilledInside,
): boolean {
  const { state, stops, timeframe } = desk;
  const hit = filled === undefined
    ? stopHit(candles, i, state)
    : stopHitInside(candles, i, state, filled);
  if (!hit) return false;
  const { price, reason, atOpen, ambiguous } = hit;
  if (ambiguous) state.ambiguous++;
  const time = atOpen ? openTime(candles.time[i], timeframe) : candles.time[i];
  if (reason === "liquidation") {
    liquidate(desk, price, time);
    return true;
  }
  // A target is a limit order: it fills at its price or better.
  const asked = isStop(reason)
    ? { price, time, reason }
    : { price, time, reason, slippage: 0, role: "maker" as const };
  if (reason === "firstTarget") {
    state.firstLevel = NaN;
    exitPart(desk, asked, stops.firstPart);
  } else if (reason === "secondTarget") {
    state.secondLevel = NaN;
    exitPart(desk, asked, stops.secondPart);
  } else exit(desk, asked);
  return true;
}
