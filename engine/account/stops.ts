import type { CandleColumns } from "../market/candles.ts";
import type { StopReason, TargetReason } from "./ledger.ts";
import { stopReason } from "./levels.ts";
import type { AccountState } from "./state.ts";

/** A stop or target that a candle reached. */
export interface StopHit {
  reason: StopReason | TargetReason | "liquidation";
  price: number;
  /** Whether the candle opened beyond it, so that it was filled at the open. */
  atOpen: boolean;
  /** Whether the candle left open what came first, and the worse was taken. */
  ambiguous: boolean;
}

/** The nearest level at which a gain is taken, of those that are left; NaN if there is none. */
export function nextTarget({ position, target, firstLevel, secondLevel }: AccountState): number {
  const side = position > 0 ? 1 : -1;
  let nearest = target;
  if (secondLevel === secondLevel && !(side * secondLevel > side * nearest)) nearest = secondLevel;
  if (firstLevel === firstLevel && !(side * firstLevel > side * nearest)) nearest = firstLevel;
  return nearest;
}

function targetReason({ firstLevel, secondLevel }: AccountState, level: number): TargetReason {
  if (level === firstLevel) return "firstTarget";
  return level === secondLevel ? "secondTarget" : "takeProfit";
}

/**
 * The level at which a loss is taken, the stop or the liquidation price, whichever is nearer; of equal
 * ones the liquidation. NaN if there is none.
 */
export function lossLevel({ position, stop, liquidation }: AccountState): number {
  const side = position > 0 ? 1 : -1;
  return liquidation === liquidation && !(side * stop > side * liquidation) ? liquidation : stop;
}

function lossReason({ liquidation, stopReason: why }: AccountState, level: number) {
  return level === liquidation ? "liquidation" : stopReason(why);
}

/**
 * The first thing that candle `i` does to a position: the open comes first, so a gap through a level
 * fills there; then, if stop and target both lie inside the candle, the stop. Of several targets the
 * nearest comes first. Levels that are NaN are none.
 */
export function stopHit(
  candles: CandleColumns,
  i: number,
  state: AccountState,
): StopHit | undefined {
  const { position, liquidation } = state, stop = lossLevel(state), target = nextTarget(state);
  const side = position > 0 ? 1 : -1, open = candles.open[i];
  const worst = side > 0 ? candles.low[i] : candles.high[i];
  const best = side > 0 ? candles.high[i] : candles.low[i];
  const beyond = (price: number) => side * price <= side * stop;
  const above = (price: number) => side * price >= side * target;
  if (beyond(open)) {
    // A gap beyond both is the exchange's.
    const reason = lossReason(state, side * open <= side * liquidation ? liquidation : stop);
    return { reason, price: open, atOpen: true, ambiguous: false };
  }
  if (above(open)) {
    return { reason: targetReason(state, target), price: open, atOpen: true, ambiguous: false };
  }
  if (beyond(worst)) {
    return { reason: lossReason(state, stop), price: stop, atOpen: false, ambiguous: above(best) };
  }
  if (!above(best)) return undefined;
  return { reason: targetReason(state, target), price: target, atOpen: false, ambiguous: false };
}

/**
 * As `stopHit`, for a position that was opened inside of candle `i`. Behind a limit's fill the price
 * went on to the candle's worst, and only its close says what it reached on the other side; behind a
 * stop's fill it went on to the best, and its worst may have been before. Where that is open, the worse
 * is taken and counted.
 */
export function stopHitInside(
  candles: CandleColumns,
  i: number,
  state: AccountState,
  filled: "limit" | "stop",
): StopHit | undefined {
  const { position, orderPrice } = state, stop = lossLevel(state), target = nextTarget(state);
  const side = position > 0 ? 1 : -1;
  const worst = side > 0 ? candles.low[i] : candles.high[i], close = candles.close[i];
  const best = side > 0 ? candles.high[i] : candles.low[i];
  const isBelow = (price: number) => side * price <= side * stop;
  const isAbove = (price: number) => side * price >= side * target;
  if (isBelow(worst)) {
    const ambiguous = isAbove(best) || (filled === "stop" && !isBelow(close));
    // Slippage may have put the entry so far off that its stop lies on this side of the fill.
    const price = side * stop < side * orderPrice ? stop : orderPrice;
    return { reason: lossReason(state, stop), price, atOpen: false, ambiguous };
  }
  if (!isAbove(best)) return undefined;
  if (filled === "stop" || isAbove(close)) {
    return { reason: targetReason(state, target), price: target, atOpen: false, ambiguous: false };
  }
  state.ambiguous++;
  return undefined;
}
