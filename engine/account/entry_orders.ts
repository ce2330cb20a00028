import type { CandleColumns } from "../market/candles.ts";
import { openTime } from "../market/timeframe.ts";
import type { Desk, FilledInside } from "./desk.ts";
import { away } from "./levels.ts";
import { enter, refuse } from "./orders.ts";
import { toTick } from "./lots_and_ticks.ts";

/** Whether entries wait for a price, and for which. */
export function entryOrder({ stops, distances }: Desk): "market" | "limit" | "stop" {
  if (stops.limitEntry !== undefined || distances.limitEntry !== undefined) return "limit";
  return stops.stopEntry === undefined && distances.stopEntry === undefined ? "market" : "stop";
}

/** Places an entry that waits, in the place of one that did: from the next candle on. */
export function placeEntry(
  desk: Desk,
  side: 1 | -1,
  at: number,
  time: number,
  close: number,
): void {
  const { state, stops, distances, settings } = desk, isLimit = entryOrder(desk) === "limit";
  const fraction = isLimit ? stops.limitEntry : stops.stopEntry;
  const distance = (isLimit ? distances.limitEntry : distances.stopEntry)?.[at] ?? NaN;
  if (fraction === undefined && !(distance > 0)) {
    state.orderSide = 0;
    return refuse(desk, side, time, close, "unknown");
  }
  state.orderSide = side;
  state.orderIsNew = 1;
  const towards = isLimit ? -side : side;
  state.orderPrice = toTick(away(close, towards, fraction, distance), towards, settings.tick);
  state.orderLeft = stops.timeInForce ?? 1;
}

/**
 * What candle `i` does to an entry that waits: its open first, which fills it at a better price for a
 * limit and at a worse one for a stop; then its inside, at the price it waits for. A limit that the first
 * open behind its decision is beyond did not wait: it takes what is offered there, as a market order does,
 * but at no price worse than its own.
 */
export function fillEntry(desk: Desk, candles: CandleColumns, i: number): FilledInside {
  const { state, timeframe } = desk, { orderPrice: level } = state;
  const side = state.orderSide > 0 ? 1 : -1, isLimit = entryOrder(desk) === "limit";
  // A purchase by limit waits for a fall, as a sale by stop does.
  const waitsFor = isLimit ? -side : side, open = candles.open[i];
  const farthest = waitsFor > 0 ? candles.high[i] : candles.low[i];
  const role = isLimit ? "maker" : "taker", time = candles.time[i];
  const isNew = state.orderIsNew === 1;
  state.orderIsNew = 0;
  const reaches = (price: number) => waitsFor * price >= waitsFor * level;
  if (reaches(open)) {
    state.orderSide = 0;
    const openedAt = openTime(time, timeframe);
    if (isLimit && isNew) enter(desk, side, open, openedAt, "taker", level);
    else enter(desk, side, open, openedAt, role);
    return undefined;
  }
  if (reaches(farthest)) {
    state.orderSide = 0;
    enter(desk, side, level, time, role);
    return isLimit ? "limit" : "stop";
  }
  if (desk.closes) state.orderLeft--;
  if (state.orderLeft <= 0) {
    state.orderSide = 0;
    refuse(desk, side, time, level, "expired");
  }
  return undefined;
}
