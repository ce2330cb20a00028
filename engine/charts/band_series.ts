import type { Option } from "./option.ts";
import type { Shown } from "./shown.ts";

/** A stretch of time with the share of it on which a condition is true. */
interface Stretch {
  from: number;
  to: number;
  share: number;
}

const OPACITY = 0.15, LANE_OPACITY = 0.75, MOST_SHADED = 40, MOST_STRETCHES = 150;

/** How a condition is drawn. */
export interface ConditionStyle {
  name: string;
  colour: string;
}

/** Whether a condition changes so often that shading it would hide the candles in front. */
export function isRestless(values: Float64Array, shown: Shown): boolean {
  return stretches(values, shown).length > MOST_SHADED;
}

/**
 * Shaded stretches of time on which a condition (1, 0 or NaN a row) is true. Where they are too many
 * to be seen, each bar is shaded instead, the more strongly the more of it is true.
 */
export function bandSeries(
  values: Float64Array,
  shown: Shown,
  { name, colour }: ConditionStyle,
): { label: string; series: Option } {
  const { found, shared } = shades(values, shown);
  const data = found.map(({ from, to, share }) => [
    { xAxis: from, itemStyle: { opacity: OPACITY * share } },
    { xAxis: to },
  ]);
  const markArea = { silent: true, data, itemStyle: { color: colour } };
  return {
    label: shared ? `${name}, share of each candle` : name,
    series: { type: "line", name, data: [], markArea },
  };
}

/** The same in a lane: `number` of those that lie above each other, counted from below. */
export function laneSeries(
  values: Float64Array,
  shown: Shown,
  { name, colour }: ConditionStyle,
  number: number,
): { shared: boolean; series: Option } {
  const { found, shared } = shades(values, shown);
  const data = found.map(({ from, to, share }) => [
    { xAxis: from, yAxis: number + 0.15, itemStyle: { opacity: LANE_OPACITY * share } },
    { xAxis: to, yAxis: number + 0.85 },
  ]);
  const markArea = { silent: true, data, itemStyle: { color: colour } };
  return { shared, series: { type: "line", name, data: [], markArea } };
}

function shades(values: Float64Array, shown: Shown): { found: Stretch[]; shared: boolean } {
  const exact = stretches(values, shown), shared = exact.length > MOST_STRETCHES;
  return { found: shared ? shares(values, shown) : exact, shared };
}

/**
 * From where to where a column is 1: from the close of the row on which it turns, which is when that
 * is known, to the close of the row on which it is no longer.
 */
function stretches(values: Float64Array, { candles, first, last, from }: Shown): Stretch[] {
  const found: Stretch[] = [];
  // What the row before has made known holds until the first row's close.
  for (let i = Math.max(first - 1, 0); i < last; i++) {
    if (values[i] !== 1) continue;
    const start = Math.max(from, candles.time[i]);
    while (i + 1 < last && values[i + 1] === 1) i++;
    const end = candles.time[Math.min(i + 1, last - 1)];
    if (start < end) found.push({ from: start, to: end, share: 1 });
  }
  return found;
}

/** For each bar, on how many of its rows a column is 1. */
function shares(values: Float64Array, { first, bars: { bars } }: Shown): Stretch[] {
  return bars.map((bar) => {
    const rows = values.subarray(first + bar.first, first + bar.last);
    const held = rows.reduce((count, value) => value === 1 ? count + 1 : count, 0);
    return { from: bar.from, to: bar.time, share: held / rows.length };
  }).filter(({ share }) => share > 0);
}
