import type { ClosedTrade, OpenTrade, Reason } from "../account/ledger.ts";
import type { Candles } from "../market/candles.ts";
import { openTime } from "../market/timeframe.ts";
import { firstAfter } from "./first_after.ts";

/** How far the price went against a trade and for it, as fractions of its entry price. */
export interface Excursion {
  /** Maximum adverse excursion (MAE): 0 or negative. */
  adverse: number;
  /** Maximum favourable excursion (MFE): 0 or positive. */
  favourable: number;
}

/** What a trade has to say about where it began and ended. */
export type Held = Pick<
  ClosedTrade,
  "side" | "entryTime" | "entryPrice" | "exitTime" | "exitPrice" | "reason"
>;

/** What an account held of the candles' instrument, beside its closed trades. */
export interface HeldAtCloses {
  /** At the close of each candle; negative for a short, 0 for nothing. */
  position: Float64Array;
  /** The position that the last candle left open. */
  open?: Pick<OpenTrade, "side" | "entryTime">;
}

/** Whether what closes a trade for this reason waits for a price, and so is filled inside a candle. */
const INSIDE: Readonly<Record<Reason, boolean>> = {
  stopLoss: true,
  takeProfit: true,
  trailingStop: true,
  breakEven: true,
  firstTarget: true,
  secondTarget: true,
  liquidation: true,
  // Decided on a close, and filled there or at the next open.
  signal: false,
  reversal: false,
  timeStop: false,
  reduction: false,
  maxDrawdown: false,
  dailyLoss: false,
  manual: false,
  ruin: false,
};

/**
 * The excursions of each trade, costs left out: from its entry price, over the high and low of every
 * candle that it was held through, to its exit price. In the candle inside of which it was closed only
 * the open and the exit count, for the rest may have come after; a candle inside of which it was opened
 * is left out likewise. Whether a stop closed it inside of a candle or at the next open, which is the same
 * time, is told by what was held at the close between.
 *
 * Source: J. Sweeney, "Maximum Adverse Excursion", 1997.
 */
export function excursions(
  trades: readonly Held[],
  candles: Candles,
  closes: HeldAtCloses,
): Excursion[] {
  const inside = closedInside(trades, candles, closes);
  let row = 0;
  return trades.map((trade) => {
    const { side, entryPrice, entryTime } = trade;
    if (row > 0 && candles.time[row - 1] > entryTime) row = 0; // trades need not be in order
    row = firstAfter(candles.time, entryTime, row);
    const { highest, lowest } = extremes(trade, candles, row, inside);
    const up = (highest - entryPrice) / entryPrice, down = (lowest - entryPrice) / entryPrice;
    return side === "long"
      ? { adverse: down, favourable: up }
      : { adverse: 0 - up, favourable: 0 - down };
  });
}

/** The highest and the lowest price while a trade was held; `from` closes first after its entry. */
function extremes(
  trade: Held,
  candles: Candles,
  from: number,
  inside: (trade: Held, i: number) => boolean,
) {
  const { entryTime, entryPrice, exitTime, exitPrice } = trade;
  const { time, open, high, low, timeframe } = candles;
  let highest = Math.max(entryPrice, exitPrice), lowest = Math.min(entryPrice, exitPrice);
  if (from < time.length && openTime(time[from], timeframe) < entryTime) from++;
  let until = firstAfter(time, exitTime, from);
  if (until > from && inside(trade, until - 1)) {
    until--;
    highest = Math.max(highest, open[until]);
    lowest = Math.min(lowest, open[until]);
  }
  for (let i = from; i < until; i++) {
    if (high[i] > highest) highest = high[i];
    if (low[i] < lowest) lowest = low[i];
  }
  return { highest, lowest };
}

/**
 * Tells whether a trade was closed inside of candle `i`, at whose end it is booked. If its side is still
 * held there, it was closed at the next open: unless it is held anew, by an entry at that close. (None of
 * the same side can follow a stop at the very open that it is filled at.)
 */
function closedInside(trades: readonly Held[], { time }: Candles, closes: HeldAtCloses) {
  const entries = { long: new Set<number>(), short: new Set<number>() };
  for (const { side, entryTime } of trades) entries[side].add(entryTime);
  if (closes.open) entries[closes.open.side].add(closes.open.entryTime);
  return ({ side, exitTime, reason }: Held, i: number) => {
    if (time[i] < exitTime || !INSIDE[reason]) return false;
    const isHeld = side === "long" ? closes.position[i] > 0 : closes.position[i] < 0;
    return !isHeld || entries[side].has(exitTime);
  };
}
