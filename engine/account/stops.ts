import type { CandleColumns } from "../market/candles.ts";
import type { StopReason } from "./ledger.ts";
import { stopReason } from "./levels.ts";
import type { AccountState } from "./state.ts";

/** A stop or target that a candle reached. */
export interface StopHit {
  reason: StopReason | "takeProfit";
  price: number;
  /** Whether the candle opened beyond it, so that it was filled at the open. */
  atOpen: boolean;
  /** Whether the candle held stop and target both, and the worse one was taken. */
  ambiguous: boolean;
}

/**
 * What candle `i` does to a position: the open comes first, so a gap through a level fills there;
 * then, if stop and target both lie inside the candle, the stop. Levels that are NaN are none.
 */
export function stopHit(
  candles: CandleColumns,
  i: number,
  { position, stop, target, stopReason: why }: AccountState,
): StopHit | undefined {
  const side = position > 0 ? 1 : -1, open = candles.open[i];
  const worst = side > 0 ? candles.low[i] : candles.high[i];
  const best = side > 0 ? candles.high[i] : candles.low[i];
  const beyond = (price: number) => side * price <= side * stop;
  const above = (price: number) => side * price >= side * target;
  if (beyond(open)) return { reason: stopReason(why), price: open, atOpen: true, ambiguous: false };
  if (above(open)) return { reason: "takeProfit", price: open, atOpen: true, ambiguous: false };
  if (beyond(worst)) {
    return { reason: stopReason(why), price: stop, atOpen: false, ambiguous: above(best) };
  }
  if (above(best)) return { reason: "takeProfit", price: target, atOpen: false, ambiguous: false };
  return undefined;
}
