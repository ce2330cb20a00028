import { FONTS, type Look, TEXT } from "./look.ts";
import type { NumberFormat, Option } from "./option.ts";
import type { Pane, Range } from "./pane.ts";
import { logTicks } from "./log_scale.ts";
import { TIME_LABELS, timeTicks } from "./time_axis.ts";
import { plainNumbers, roundTicks } from "./value_axis.ts";

/** What the axes of a pane have to know of the picture. */
export interface AxisPlace {
  /** The pane's number, and whether it is the lowest, which has the labels of time. */
  index: number;
  last: boolean;
  /** Its size in pixels. */
  width: number;
  height: number;
  /** Whether a reader can zoom, so that the axes must find their own ticks. */
  interactive: boolean;
  look: Look;
}

/** Room for a label of what goes from left to right. */
const PIXELS_PER_LABEL = 90;

const PIXELS_PER_TICK = 34, LEAST_TICKS = 3;
/** As ECharts finds no round ticks of ratios, there are so many more for a reader to zoom into. */
const CLOSER = 2.5;

/** The time axis of a pane: [from, to] in UTC milliseconds. */
export function timeAxis(from: number, to: number, place: AxisPlace): Option {
  const { width, look } = place;
  const ticks = timeTicks(from, to, Math.max(3, Math.floor(width / PIXELS_PER_LABEL)));
  const bold = { color: look.text, fontWeight: 600, fontFamily: FONTS };
  const labels = { formatter: TIME_LABELS, rich: { bold } };
  return { ...lowerAxis({ low: from, high: to }, ticks, labels, place), type: "time" };
}

/** An axis of what is counted, such as trades, in the place of time: [from, to]. */
export function countAxis(from: number, to: number, place: AxisPlace): Option {
  const range = { low: from, high: to };
  const { values, step } = roundTicks(range, place.width / PIXELS_PER_LABEL);
  const labels = { formatter: plainNumbers(Math.ceil(step)) };
  return {
    ...lowerAxis(range, values.filter(Number.isInteger), labels, place),
    type: "value",
  };
}

/** What goes from left to right through a pane, with labels below the lowest one. */
function lowerAxis(
  range: Range,
  ticks: readonly number[],
  labels: Option,
  { index, last, interactive, look }: AxisPlace,
): Option {
  const places = interactive ? {} : { customValues: ticks };
  return {
    gridIndex: index,
    min: range.low,
    max: range.high,
    containShape: false,
    axisLine: { show: true, onZero: false, lineStyle: { color: look.axis } },
    axisTick: { show: last, length: 4, lineStyle: { color: look.axis }, ...places },
    splitLine: { show: true, lineStyle: { color: look.grid } },
    axisLabel: { ...axisLabel(look), show: last, hideOverlap: true, ...labels, ...places },
    // Where the pointer is: else each pane would jump to a point of its own, at a time of its own.
    axisPointer: { snap: false, label: { show: false } },
  };
}

/** The value axis of a pane, on its right. */
export function valueAxis(pane: Pane, place: AxisPlace): Option {
  const { range, format, fromZero = false, log = false } = pane;
  const { index, height, interactive, look } = place;
  const count = Math.max(LEAST_TICKS, Math.floor(height / PIXELS_PER_TICK));
  const { values, step } = (log ? logTicks : roundTicks)(range, count);
  const closer = log ? logTicks(range, CLOSER * count).values : undefined;
  const ticks = { customValues: interactive ? closer : values };
  const shown = format !== undefined;
  return {
    type: log ? "log" : "value",
    gridIndex: index,
    position: "right",
    ...(shown && interactive
      ? extent({ fromZero, log }, count)
      : { min: range.low, max: range.high }),
    axisLine: { show: false },
    axisTick: { show: false, ...ticks },
    splitLine: { show: shown, lineStyle: { color: look.grid } },
    axisLabel: {
      ...axisLabel(look),
      show: shown,
      ...(format && { formatter: interactive ? finer(format(step / 100)) : format(step) }),
      hideOverlap: true,
      ...ticks,
    },
    axisPointer: {
      label: {
        show: shown,
        backgroundColor: look.muted,
        ...(format && { formatter: finer(format(step / 100)) }),
      },
    },
  };
}

/** An axis that follows what a reader has zoomed into. */
function extent({ fromZero, log }: { fromZero: boolean; log: boolean }, count: number): Option {
  return log ? { min: "dataMin", max: "dataMax" } : { scale: !fromZero, splitNumber: count };
}

/** As many decimals as a number needs, for a reader may zoom. */
function finer(format: NumberFormat): NumberFormat {
  return { ...format, least: 0 };
}

/** How the numbers and times of every axis are set. */
export function axisLabel(look: Look): Option {
  return { color: look.muted, fontSize: TEXT.small, fontFamily: FONTS };
}
