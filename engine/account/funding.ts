import type { CandleColumns } from "../market/candles.ts";
import { openTime } from "../market/timeframe.ts";
import type { Desk } from "./desk.ts";
import { setLiquidation } from "./margin.ts";

const HOUR = 3_600_000;

/** Whether a position may have to pay funding: then each of its candles is looked at. */
export function paysFunding({ settings }: Pick<Desk, "settings">, candles: CandleColumns): boolean {
  return settings.fundingRate !== 0 || candles.funding !== undefined;
}

/**
 * Charges what a position that is held at the close of candle `i` owes for the funding times behind the
 * close before, up to and with this close: the rate times its worth at the close. What a candle closed
 * before its end pays nothing for the times in it; a finer base clock says more.
 */
export function payFunding(desk: Desk, candles: CandleColumns, i: number): void {
  const { state, book } = desk, { position } = state;
  if (position === 0) return;
  const rate = rateOf(desk, candles, i);
  state.heldUntil = candles.time[i];
  if (rate === 0) return;
  const payment = position * candles.close[i] * rate;
  book.cash -= payment;
  if (state !== book) state.cash -= payment;
  state.funding += payment;
  state.fundingDue += payment;
  setLiquidation(desk);
}

function rateOf({ state, settings, timeframe }: Desk, candles: CandleColumns, i: number): number {
  if (candles.funding !== undefined) return candles.funding[i];
  const { fundingRate, fundingHours } = settings;
  if (fundingRate === 0) return 0;
  const to = candles.time[i], { heldUntil } = state, every = fundingHours * HOUR;
  const from = heldUntil === heldUntil ? heldUntil : openTime(to, timeframe);
  return fundingRate * (Math.floor(to / every) - Math.floor(from / every));
}
