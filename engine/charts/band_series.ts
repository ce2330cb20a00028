import type { Option } from "./option.ts";
import type { Shown } from "./shown.ts";

/** A stretch of time with the share of it on which a condition is true. */
interface Stretch {
  from: number;
  to: number;
  share: number;
}

const OPACITY = 0.15, MOST_STRETCHES = 150;

/**
 * Shaded stretches of time on which a condition (1, 0 or NaN a row) is true. Where they are too many
 * to be seen, each bar is shaded instead, the more strongly the more of it is true.
 */
export function bandSeries(
  values: Float64Array,
  shown: Shown,
  { name, colour }: { name: string; colour: string },
): { label: string; series: Option } {
  const exact = stretches(values, shown), shared = exact.length > MOST_STRETCHES;
  const data = (shared ? shares(values, shown) : exact).map(({ from, to, share }) => [
    { xAxis: from, itemStyle: { opacity: OPACITY * share } },
    { xAxis: to },
  ]);
  const markArea = { silent: true, data, itemStyle: { color: colour } };
  return {
    label: shared ? `${name}, share of each candle` : name,
    series: { type: "line", name, data: [], markArea },
  };
}

/**
 * From where to where a column is 1: from the close of the row on which it turns, which is when that
 * is known, to the close of the row on which it is no longer.
 */
function stretches(values: Float64Array, { candles, first, last, from }: Shown): Stretch[] {
  const found: Stretch[] = [];
  for (let i = first; i < last; i++) {
    if (values[i] !== 1) continue;
    const start = i === first ? from : candles.time[i];
    while (i + 1 < last && values[i + 1] === 1) i++;
    found.push({ from: start, to: candles.time[Math.min(i + 1, last - 1)], share: 1 });
  }
  return found;
}

/** For each bar, on how many of its rows a column is 1. */
function shares(values: Float64Array, { candles, first, bars: { bars } }: Shown): Stretch[] {
  let row = first;
  return bars.map(({ from, time }) => {
    const begin = row;
    let held = 0;
    for (; row < candles.length && candles.time[row] <= time; row++) {
      if (values[row] === 1) held++;
    }
    return { from, to: time, share: held / (row - begin) };
  }).filter(({ share }) => share > 0);
}
