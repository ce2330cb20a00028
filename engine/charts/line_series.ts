import type { Option } from "./option.ts";
import { type Shown, shownRows } from "./shown.ts";
import { type Point, thinLine } from "./thin_line.ts";

/** How a line is drawn. */
export interface LineStyle {
  name: string;
  colour: string;
  width?: number;
  dashed?: boolean;
  /** Whether the area between the line and 0 is filled. */
  filled?: boolean;
  /** Whether it lies behind the rest, thinly. */
  behind?: boolean;
}

/** A line through the shown rows of a column, at the rows' close times. */
export function lineSeries(values: Float64Array, shown: Shown, style: LineStyle): Option {
  const time = shownRows(shown, shown.candles.time);
  return pointSeries(thinLine(time, shownRows(shown, values), shown), style);
}

/** A line through points; NaN is a break. */
export function pointSeries(
  points: readonly (readonly [number, number])[],
  { name, colour, width = 1.4, dashed = false, filled = false, behind = false }: LineStyle,
): Option {
  return {
    type: "line",
    name,
    data: points.map(([time, value]) => [time, Number.isNaN(value) ? null : value]),
    showSymbol: false,
    lineStyle: {
      color: colour,
      width: behind ? 1 : width,
      opacity: behind ? 0.75 : 1,
      type: dashed ? "dashed" : "solid",
    },
    itemStyle: { color: colour },
    ...(filled && { areaStyle: { color: colour, opacity: 0.22, origin: 0 } }),
    z: behind ? 1 : 3,
    silent: true,
    emphasis: { disabled: true },
  };
}

const SHADE = 0.13;

/** The area between two lines at the same times: the lower one, unseen, with the rest stacked on it. */
export function spreadSeries(
  lowest: readonly Point[],
  highest: readonly Point[],
  { name, colour }: LineStyle,
  opacity = SHADE,
): Option[] {
  const heights = highest.map(([time, high], i): Point => [time, high - lowest[i][1]]);
  const side = (points: readonly Point[], area: Option): Option => ({
    ...pointSeries(points, { name, colour, behind: true }),
    lineStyle: { width: 0, opacity: 0 },
    stack: `spread of ${name}`,
    stackStrategy: "all",
    ...area,
  });
  return [side(lowest, {}), side(heights, { areaStyle: { color: colour, opacity } })];
}
