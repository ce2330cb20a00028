import { FONTS, type Look, TEXT } from "./look.ts";
import type { NumberFormat, Option } from "./option.ts";
import type { Pane } from "./pane.ts";
import { TIME_LABELS, timeTicks } from "./time_axis.ts";
import { roundTicks } from "./value_axis.ts";

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

const PIXELS_PER_LABEL = 90, PIXELS_PER_TICK = 34, LEAST_TICKS = 3;

/** The time axis of a pane: [from, to] in UTC milliseconds. */
export function timeAxis(from: number, to: number, place: AxisPlace): Option {
  const { index, last, width, interactive, look } = place;
  const ticks = timeTicks(from, to, Math.max(2, Math.floor(width / PIXELS_PER_LABEL)));
  const places = interactive ? {} : { customValues: ticks };
  return {
    type: "time",
    gridIndex: index,
    min: from,
    max: to,
    containShape: false,
    axisLine: { show: true, onZero: false, lineStyle: { color: look.axis } },
    axisTick: { show: last, length: 4, lineStyle: { color: look.axis }, ...places },
    splitLine: { show: true, lineStyle: { color: look.grid } },
    axisLabel: {
      ...axisLabel(look),
      show: last,
      formatter: TIME_LABELS,
      rich: { bold: { color: look.text, fontWeight: 600, fontFamily: FONTS } },
      hideOverlap: true,
      ...places,
    },
  };
}

/** The value axis of a pane, on its right. */
export function valueAxis({ range, format, fromZero = false }: Pane, place: AxisPlace): Option {
  const { index, height, interactive, look } = place;
  const count = Math.max(LEAST_TICKS, Math.floor(height / PIXELS_PER_TICK));
  const { values, step } = roundTicks(range, count);
  const fixed = { min: range.low, max: range.high };
  return {
    type: "value",
    gridIndex: index,
    position: "right",
    ...(interactive ? { scale: !fromZero, splitNumber: count } : fixed),
    axisLine: { show: false },
    axisTick: { show: false, ...(!interactive && { customValues: values }) },
    splitLine: { show: true, lineStyle: { color: look.grid } },
    axisLabel: {
      ...axisLabel(look),
      formatter: interactive ? finer(format(step / 100)) : format(step),
      hideOverlap: true,
      ...(!interactive && { customValues: values }),
    },
  };
}

/** As many decimals as a number needs, for a reader may zoom. */
function finer(format: NumberFormat): NumberFormat {
  return { ...format, least: 0 };
}

/** How the numbers and times of every axis are set. */
export function axisLabel(look: Look): Option {
  return { color: look.muted, fontSize: TEXT.small, fontFamily: FONTS };
}
