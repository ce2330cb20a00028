import type { CandleColumns } from "../market/candles.ts";
import type { Desk, FilledInside } from "./desk.ts";
import { REASONS, type StopReason } from "./ledger.ts";
import type { Signals } from "./signals.ts";
import { toTick, withoutNoise } from "./lots_and_ticks.ts";

/** Remembers what sizes and stops a position, on the row of the decision that may open it. */
export function noteTerms(desk: Desk, signals: Signals, at: number): void {
  const { state, distances } = desk;
  if (desk.settings.sizing === "volatility") state.volatility = signals.volatility[at];
  state.size = signals.size[at];
  for (const { name, slot } of desk.noted) state[slot] = distances[name]![at];
}

/** Whether every stop that is a series was known, and above 0, when the entry was decided. */
export function stopsAreKnown({ state, noted }: Desk): boolean {
  return noted.every(({ slot }) => state[slot] > 0);
}

/**
 * The price at which what enters at `entry` would be stopped: at its own stop, or that of the position
 * which it adds to, whichever is nearer; NaN for none.
 */
export function firstStop(desk: Desk, side: 1 | -1, entry: number): number {
  const { state } = desk,
    own = nearer(side, trailingAt(desk, side, entry), fixedAt(desk, side, entry));
  return state.position === 0 ? own : nearer(side, own, state.stop);
}

/** Sets the levels of a position that has just been entered, or added to, at a price. */
export function setLevels(desk: Desk, side: 1 | -1, entry: number): void {
  if (!desk.hasStops) return;
  const { state, stops, settings: { tick } } = desk,
    { average } = state,
    isFirst = state.entries === 1;
  if (isFirst) {
    state.stop = NaN;
    state.best = entry;
    state.held = 0;
  }
  raise(desk, side, away(entry, -side, stops.stopLoss, state.stopDistance), "stopLoss");
  raise(desk, side, away(entry, -side, stops.trailingStop, state.trailDistance), "trailingStop");
  if (side * entry > side * state.best) state.best = entry;
  const target = (fraction: number | undefined, distance: number) =>
    toTick(away(average, side, fraction, distance), side, tick);
  state.target = target(stops.takeProfit, state.targetDistance);
  // A part that was closed stays closed.
  if (isFirst || state.firstLevel === state.firstLevel) {
    state.firstLevel = target(stops.firstTarget, state.firstDistance);
  }
  if (isFirst || state.secondLevel === state.secondLevel) {
    state.secondLevel = target(stops.secondTarget, state.secondDistance);
  }
  state.evenAt = withoutNoise(away(average, side, stops.breakEven, state.evenDistance));
}

function fixedAt({ state, stops, settings: { tick } }: Desk, side: 1 | -1, entry: number): number {
  return toTick(away(entry, -side, stops.stopLoss, state.stopDistance), -side, tick);
}

function trailingAt({ state, stops, settings: { tick } }: Desk, side: 1 | -1, entry: number) {
  return toTick(away(entry, -side, stops.trailingStop, state.trailDistance), -side, tick);
}

/** The level that is reached first; NaN is none. */
function nearer(side: 1 | -1, level: number, other: number): number {
  return isNearer(side, level, other) ? level : other;
}

/** What the close of candle `i` does to the stop: it may move in the position's favour. */
export function moveStops(
  desk: Desk,
  candles: CandleColumns,
  i: number,
  at: number,
  filled: FilledInside,
): void {
  const { state, stops, distances, closes } = desk, side = state.position > 0 ? 1 : -1;
  // Behind a limit's fill only the close is sure: the best price may have been before it.
  const best = (filled === "limit" ? candles.close : side > 0 ? candles.high : candles.low)[i];
  if (side * best > side * state.best) state.best = best;
  if (closes) state.held++;
  const distance = distances.trailingStop === undefined ? NaN : distances.trailingStop[at];
  const known = distance > 0 ? distance : NaN;
  raise(desk, side, away(state.best, -side, stops.trailingStop, known), "trailingStop");
  if (!(side * state.best >= side * state.evenAt)) return;
  raise(desk, side, state.average, "breakEven");
}

/** The reason with which a level that is reached closes the position. */
export function stopReason(number: number): StopReason {
  return REASONS[number] as StopReason;
}

function numberOf(reason: StopReason): number {
  return REASONS.indexOf(reason);
}

/** Moves the stop to the tick of a level that is nearer; never away. NaN is no level. */
function raise(
  { state, settings: { tick } }: Desk,
  side: number,
  level: number,
  reason: StopReason,
): void {
  // What is no nearer is none on its tick either: most levels need not be rounded.
  if (!isNearer(side, level, state.stop)) return;
  const rounded = toTick(level, -side, tick);
  if (!isNearer(side, rounded, state.stop)) return;
  state.stop = rounded;
  state.stopReason = numberOf(reason);
}

/** Whether a level is reached before another one, or there is no other. */
function isNearer(side: number, level: number, other: number): boolean {
  return side * level > side * other || other !== other && level === level;
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
