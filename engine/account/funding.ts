import type { CandleColumns } from "../market/candles.ts";
import { openTime } from "../market/timeframe.ts";
import type { Desk, FilledInside } from "./desk.ts";
import { setLiquidation } from "./margin.ts";

const HOUR = 3_600_000;

/** Whether a position may have to pay funding: then each of its candles is looked at. */
export function paysFunding({ settings }: Pick<Desk, "settings">, candles: CandleColumns): boolean {
  return settings.fundingRate !== 0 || candles.funding !== undefined;
}

/**
 * Charges, at the open of candle `i`, what a position that was held before it owes for the funding times
 * behind the close before: those of a gap, up to and with this open, at its price. An order that is
 * filled at this open closes a position that has paid, and opens one that has nothing to pay.
 */
export function payForGap(desk: Desk, candles: CandleColumns, i: number): void {
  const { state } = desk, { position, heldUntil } = state;
  if (position === 0) return;
  const opened = openTime(candles.time[i], desk.timeframe);
  if (opened <= heldUntil) return;
  state.heldUntil = opened;
  const { gap } = candles.funding === undefined
    ? { gap: desk.settings.fundingRate * (dueBy(desk, opened) - dueBy(desk, heldUntil)) }
    : { gap: candles.fundingInGap?.[i] ?? 0 };
  pay(desk, position * candles.open[i] * gap);
}

/**
 * Charges what a position that is held at the close of candle `i` owes for the funding times behind its
 * open, up to and with its close: the rate times its worth at the close. One that was filled inside of
 * the candle may or may not have been held when payments before the close fell due: it pays them, and
 * does not receive them. What a candle closed before its end pays nothing for the times in it; a finer
 * base clock says more.
 */
export function payFunding(
  desk: Desk,
  candles: CandleColumns,
  i: number,
  filled: FilledInside,
): void {
  const { state, state: { position } } = desk;
  if (position === 0) return;
  state.heldUntil = candles.time[i];
  const { inside, atClose } = rates(desk, candles, i), worth = position * candles.close[i];
  pay(
    desk,
    filled === undefined
      ? worth * (inside + atClose)
      : Math.max(0, worth * inside) + worth * atClose,
  );
}

function pay(desk: Desk, payment: number): void {
  const { state, book } = desk;
  if (payment === 0) return;
  book.cash -= payment;
  if (state !== book) state.cash -= payment;
  state.funding += payment;
  state.fundingDue += payment;
  setLiquidation(desk);
}

/** What falls due between a candle's open and its close, and at its close. */
function rates(desk: Desk, candles: CandleColumns, i: number) {
  const { funding, fundingInGap, fundingInside } = candles, to = candles.time[i];
  if (funding === undefined) {
    const { fundingRate } = desk.settings, before = dueBy(desk, to, false);
    return {
      inside: fundingRate * (before - dueBy(desk, openTime(to, desk.timeframe))),
      atClose: fundingRate * (dueBy(desk, to) - before),
    };
  }
  const inside = fundingInside?.[i] ?? 0;
  return { inside, atClose: funding[i] - (fundingInGap?.[i] ?? 0) - inside };
}

/** How often an assumed rate fell due from 1970 up to a time, and with it unless that is left out. */
function dueBy({ settings }: Desk, time: number, withIt = true): number {
  const times = time / (settings.fundingHours * HOUR);
  return withIt ? Math.floor(times) : Math.ceil(times) - 1;
}
