import type { CandleColumns } from "../market/candles.ts";
import { openTime } from "../market/timeframe.ts";
import { actOnPending, decideRow } from "./deciding.ts";
import type { Desk, FilledInside } from "./desk.ts";
import { fillEntry } from "./entry_orders.ts";
import { moveStops } from "./levels.ts";
import { payForGap, payFunding } from "./funding.ts";
import { liquidate } from "./margin.ts";
import { enterNow } from "./enter_now.ts";
import { exit } from "./orders.ts";
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

/** What accounts on one book do together, between the phases of their rows. */
export interface Together {
  /** At the open: what is too large is taken down before anything is opened, what is too small built up after. */
  takeDown(): void;
  buildUp(): void;
  /** Nothing further happens inside of the candles: their closes are the prices from here on. */
  close(): void;
  /** All have decided. */
  decided(): void;
}

/**
 * All that can happen on the rows of one time, in the order in which it does. Accounts on one book take
 * each phase together, so that whatever leaves has left before anything enters; an account alone has a
 * single row. Cash that a stop frees inside of a candle buys nothing in it: when that happened there
 * nobody can say.
 */
export function takeRows(rows: readonly Row[], together?: Together): void {
  for (let n = 0; n < rows.length; n++) leaveAtOpen(rows[n]);
  together?.takeDown();
  for (let n = 0; n < rows.length; n++) enterNow(rows[n].desk);
  together?.buildUp();
  for (let n = 0; n < rows.length; n++) enterInside(rows[n]);
  for (let n = 0; n < rows.length; n++) leaveInside(rows[n]);
  together?.close();
  for (let n = 0; n < rows.length; n++) endRuined(rows[n]);
  for (let n = 0; n < rows.length; n++) decideAtClose(rows[n]);
  for (let n = 0; n < rows.length; n++) enterNow(rows[n].desk);
  together?.decided();
}

/** At the open: what the row before decided, as far as it leaves. */
function leaveAtOpen({ desk, candles, i, signals: { bars }, at }: Row): void {
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
function enterInside(row: Row): void {
  const { desk, desk: { state } } = row;
  row.filled = state.orderSide !== 0 && state.position === 0 && !state.ended
    ? fillEntry(desk, row.candles, row.i)
    : undefined;
}

/** Stops. */
function leaveInside({ desk, candles, i, filled }: Row): void {
  if (!desk.hasStops) return;
  while (desk.state.position !== 0 && takeStop(desk, candles, i, filled));
}

/**
 * At the close: funding, then the end of a short that all of the cash can no longer buy back, or of a long
 * that is not worth what is owed for it.
 */
function endRuined({ desk, candles, i, filled }: Row): void {
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
function decideAtClose(row: Row): void {
  const { desk, candles, i, signals, at, filled } = row;
  const { state } = desk;
  if (state.ended) return;
  if (state.position !== 0 && desk.hasStops) moveStops(desk, candles, i, at, filled);
  noteVolume(row);
  decideRow(desk, signals, at, candles.time[i], candles.close[i]);
  if (state.cooling > 0 && desk.closes) state.cooling--;
}

/** Remembers the volume of a row's candle, where market fills go by that of the last closed one. */
export function noteVolume({ desk, candles, i, signals, at }: Row): void {
  if (desk.settings.impact > 0) desk.state.volume = volumeAt(candles, i, signals, at);
}
