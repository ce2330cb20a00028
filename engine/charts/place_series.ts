import type { Result } from "../research/result.ts";
import type { Place } from "./chart_options.ts";
import { type NamedSeries, namedSeries } from "./named_series.ts";
import { type Range, rangeOf } from "./pane.ts";

/** Named series by where they are drawn. */
export interface PlacedSeries {
  /** Over the candles. */
  overlays: NamedSeries[];
  /** Conditions, as bands behind the candles. */
  bands: NamedSeries[];
  /** Conditions, in lanes of their own. */
  lanes: NamedSeries[];
  /** In panes of their own. */
  own: NamedSeries[];
}

/**
 * A result's named series by where they go: conditions as bands, values that keep near the prices over
 * the candles, all others in panes of their own; or where `place` has them.
 */
export function placeSeries(
  result: Result | undefined,
  place: Readonly<Record<string, Place>>,
): PlacedSeries {
  const placed: PlacedSeries = { overlays: [], bands: [], lanes: [], own: [] };
  if (!result) return placed;
  const { low, high, close } = result.candles, prices = rangeOf(low, high);
  for (const series of namedSeries(result)) {
    const { name, type, values } = series, isCondition = type === "boolean";
    const byItself = isCondition || fitsPrices(values, prices, close) ? "price" : "own";
    const where = place[name] ?? byItself;
    if (where === "price") (isCondition ? placed.bands : placed.overlays).push(series);
    if (where === "own") (isCondition ? placed.lanes : placed.own).push(series);
  }
  return placed;
}

/**
 * Whether most of a series lies where the prices do, so that it can be drawn over them; and one that is
 * unknown throughout, for which no pane is worth while.
 */
export function fitsPrices(values: Float64Array, prices: Range, close: Float64Array): boolean {
  let known = 0, inside = 0, near = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    known++;
    if (values[i] >= prices.low && values[i] <= prices.high) inside++;
    if (Math.abs(values[i] / close[i] - 1) <= NEAR) near++;
  }
  // Of an instrument at 50, an RSI lies within the prices too: but seldom near them.
  return inside >= MOSTLY * known && near >= known / 2;
}

const MOSTLY = 0.95, NEAR = 0.2;

/** Groups of columns that can share a value axis: those whose ranges are much the same. */
export function groupsByRange<T extends { values: Float64Array }>(columns: readonly T[]): T[][] {
  const groups: { members: T[]; range: Range }[] = [];
  for (const column of columns) {
    const range = rangeOf(column.values);
    const group = groups.find((group) => alike(group.range, range));
    if (group) {
      group.members.push(column);
      group.range = {
        low: Math.min(group.range.low, range.low),
        high: Math.max(group.range.high, range.high),
      };
    } else groups.push({ members: [column], range });
  }
  return groups.map(({ members }) => members);
}

/** Whether each has at least a quarter of the other's size, and half of the smaller is in the other. */
function alike(a: Range, b: Range): boolean {
  const sizes = [a.high - a.low, b.high - b.low], smaller = Math.min(...sizes);
  const shared = Math.min(a.high, b.high) - Math.max(a.low, b.low);
  if (smaller === 0) return shared >= 0;
  return shared >= smaller / 2 && Math.max(...sizes) <= 4 * smaller;
}
