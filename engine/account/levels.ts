import type { CandleColumns } from "../market/candles.ts";
import type { Desk, FilledInside } from "./desk.ts";
import { REASONS, type StopReason } from "./ledger.ts";
import type { Signals } from "./signals.ts";
import { toTick } from "./steps.ts";
import { type DistanceName, NO_DISTANCES } from "./stop_rules.ts";

/** Remembers what sizes and stops a position, on the row of the decision that may open it. */
export function noteTerms({ state, distances }: Desk, signals: Signals, at: number): void {
  state.volatility = signals.volatility[at];
  if (distances === NO_DISTANCES) return;
  state.stopDistance = distances.stopLoss?.[at] ?? NaN;
  state.targetDistance = distances.takeProfit?.[at] ?? NaN;
  state.trailDistance = distances.trailingStop?.[at] ?? NaN;
  state.evenDistance = distances.breakEven?.[at] ?? NaN;
}

/** Whether every stop that is a series was known, and above 0, when the entry was decided. */
export function stopsAreKnown({ state, distances }: Desk): boolean {
  if (distances === NO_DISTANCES) return true;
  const known = (name: DistanceName, value: number) => distances[name] === undefined || value > 0;
  return known("stopLoss", state.stopDistance) && known("takeProfit", state.targetDistance) &&
    known("trailingStop", state.trailDistance) && known("breakEven", state.evenDistance);
}

/** The price from which a position that enters at `entry` would be stopped at once; NaN for none. */
export function firstStop(desk: Desk, side: 1 | -1, entry: number): number {
  const { state, stops, settings: { tick } } = desk;
  const fixed = toTick(away(entry, -side, stops.stopLoss, state.stopDistance), -side, tick);
  const trailing = toTick(away(entry, -side, stops.trailingStop, state.trailDistance), -side, tick);
  // The nearer one; NaN is none.
  return side * trailing > side * fixed || fixed !== fixed ? trailing : fixed;
}

/** Sets the levels of a position that has just been entered, at its average price. */
export function setLevels(desk: Desk, side: 1 | -1): void {
  const { state, stops, settings: { tick } } = desk, entry = state.entryPrice;
  const fixed = toTick(away(entry, -side, stops.stopLoss, state.stopDistance), -side, tick);
  state.stop = firstStop(desk, side, entry);
  state.stopReason = numberOf(state.stop === fixed ? "stopLoss" : "trailingStop");
  state.target = toTick(away(entry, side, stops.takeProfit, state.targetDistance), side, tick);
  state.evenAt = away(entry, side, stops.breakEven, state.evenDistance);
  state.best = entry;
  state.held = 0;
}

/** What the close of candle `i` does to the stop: it may move in the position's favour. */
export function moveStops(
  { state, stops, distances, settings: { tick } }: Desk,
  candles: CandleColumns,
  i: number,
  at: number,
  filled: FilledInside,
): void {
  const side = state.position > 0 ? 1 : -1;
  // Behind a limit's fill only the close is sure: the best price may have been before it.
  const best = (filled === "limit" ? candles.close : side > 0 ? candles.high : candles.low)[i];
  if (side * best > side * state.best) state.best = best;
  state.held++;
  const distance = distances.trailingStop === undefined ? NaN : distances.trailingStop[at];
  const known = distance > 0 ? distance : NaN;
  const trailing = toTick(away(state.best, -side, stops.trailingStop, known), -side, tick);
  if (side * trailing > side * state.stop || state.stop !== state.stop) {
    raise(state, trailing, "trailingStop");
  }
  if (!(side * state.best >= side * state.evenAt)) return;
  const entry = toTick(state.entryPrice, -side, tick);
  if (side * entry > side * state.stop || state.stop !== state.stop) {
    raise(state, entry, "breakEven");
  }
}

/** The reason with which a level that is reached closes the position. */
export function stopReason(number: number): StopReason {
  return REASONS[number] as StopReason;
}

function numberOf(reason: StopReason): number {
  return REASONS.indexOf(reason);
}

function raise(state: Desk["state"], level: number, reason: StopReason): void {
  if (level !== level) return;
  state.stop = level;
  state.stopReason = numberOf(reason);
}

/** A price away from another, by a fraction of it or else by a distance; NaN if neither is given. */
export function away(
  price: number,
  side: number,
  fraction: number | undefined,
  distance: number,
): number {
  return fraction === undefined ? price + side * distance : price * (1 + side * fraction);
}
