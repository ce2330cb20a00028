import type { CandleColumns } from "../market/candles.ts";
import type { Stops } from "./stop_rules.ts";

/** A stop or target that a candle reached. */
export interface StopHit {
  reason: "stopLoss" | "takeProfit";
  price: number;
  /** Whether the candle opened beyond it, so that it was filled at the open. */
  atOpen: boolean;
  /** Whether the candle held stop and target both, and the worse one was taken. */
  ambiguous: boolean;
}

/**
 * What candle `i` does to a position: the open comes first, so a gap through a level fills there;
 * then, if stop and target both lie inside the candle, the stop.
 */
export function stopHit(
  candles: CandleColumns,
  i: number,
  position: number,
  entryPrice: number,
  { stopLoss = NaN, takeProfit = NaN }: Stops,
): StopHit | undefined {
  const side = position > 0 ? 1 : -1;
  const stop = entryPrice * (1 - side * stopLoss), target = entryPrice * (1 + side * takeProfit);
  const open = candles.open[i];
  const worst = side > 0 ? candles.low[i] : candles.high[i];
  const best = side > 0 ? candles.high[i] : candles.low[i];
  const beyond = (price: number, level: number) => side * price <= side * level;
  const above = (price: number, level: number) => side * price >= side * level;
  const hit = (reason: StopHit["reason"], price: number, atOpen: boolean, ambiguous = false) => ({
    reason,
    price,
    atOpen,
    ambiguous,
  });
  if (beyond(open, stop)) return hit("stopLoss", open, true);
  if (above(open, target)) return hit("takeProfit", open, true);
  if (beyond(worst, stop)) return hit("stopLoss", stop, false, above(best, target));
  if (above(best, target)) return hit("takeProfit", target, false);
  return undefined;
}
