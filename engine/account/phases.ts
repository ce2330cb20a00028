import type { CandleColumns } from "../market/candles.ts";
import { openTime } from "../market/timeframe.ts";
import { actOnPending, decideRow } from "./deciding.ts";
import type { Desk, FilledInside } from "./desk.ts";
import { fillEntry } from "./entry_orders.ts";
import { moveStops } from "./levels.ts";
import { payForGap, payFunding } from "./funding.ts";
import { liquidate } from "./margin.ts";
import { enterNow, exit } from "./orders.ts";
import { beginDay } from "./protections.ts";
import { type Signals, volumeAt } from "./signals.ts";
import { takeStop } from "./take_stop.ts";
import { worthAt } from "./worth_at.ts";

/** A candle that an account takes, and its row of the signals. */
export interface Row {
  desk: Desk;
  candles: CandleColumns;
  i: number;
  signals: Signals;
  at: number;
  filled: FilledInside;
}

/**
 * All that can happen on a row, in the order in which it does. Accounts on one book take each phase
 * together, so that whatever leaves has left before anything enters.
 */
export function takeRow(row: Row): void {
  leaveAtOpen(row);
  enterNow(row.desk);
  enterInside(row);
  leaveInside(row);
  endRuined(row);
  decideAtClose(row);
  enterNow(row.desk);
}

/** At the open: what the row before decided, as far as it leaves. */
export function leaveAtOpen({ desk, candles, i, signals: { bars }, at }: Row): void {
  const { state } = desk;
  desk.closes = bars === undefined || bars.closes[at] === 1;
  if (desk.protects) beginDay(desk, candles.time[i]);
  // What was entered at the last close is held from there on.
  if (state.position !== 0 && state.heldUntil !== state.heldUntil) {
    state.heldUntil = state.entryTime;
  }
  if (desk.isFunded) payForGap(desk, candles, i);
  // What is not needed is not read: most candles are far from the cache.
  if (state.pending === 0 && state.liquidation !== state.liquidation) return;
  const open = candles.open[i], time = openTime(candles.time[i], desk.timeframe);
  const side = state.position > 0 ? 1 : -1;
  // A gap beyond the liquidation price is the exchange's before any order is filled.
  if (side * open <= side * state.liquidation) liquidate(desk, open, time);
  if (state.ended) state.pending = 0;
  if (state.pending !== 0) actOnPending(desk, open, time);
}

/** An entry that waits for its price. */
export function enterInside(row: Row): void {
  const { desk, desk: { state } } = row;
  row.filled = state.orderSide !== 0 && state.position === 0 && !state.ended
    ? fillEntry(desk, row.candles, row.i)
    : undefined;
}

/** Stops. */
export function leaveInside({ desk, candles, i, filled }: Row): void {
  if (!desk.hasStops) return;
  while (desk.state.position !== 0 && takeStop(desk, candles, i, filled));
}

/**
 * At the close: funding, then the end of a short that all of the cash can no longer buy back, or of a long
 * that is not worth what is owed for it.
 */
export function endRuined({ desk, candles, i, filled }: Row): void {
  const { state, book, others } = desk, price = candles.close[i];
  if (desk.isFunded) payFunding(desk, candles, i, filled);
  const ruins = state.position < 0
    ? book.cash - others.owed + state.position * price <= 0
    : state.position > 0 && book.cash < 0 && worthAt(desk, price) <= 0;
  if (ruins) {
    exit(desk, { price, slippage: 0, time: candles.time[i], reason: "ruin" });
  }
}

/** At the close: levels move, and what is next is decided. */
export function decideAtClose({ desk, candles, i, signals, at, filled }: Row): void {
  const { state } = desk;
  if (state.ended) return;
  if (state.position !== 0 && desk.hasStops) moveStops(desk, candles, i, at, filled);
  if (desk.settings.impact > 0) state.volume = volumeAt(candles, i, signals, at);
  decideRow(desk, signals, at, candles.time[i], candles.close[i]);
  if (state.cooling > 0 && desk.closes) state.cooling--;
}
