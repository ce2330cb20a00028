import { lineSeries, type LineStyle, pointSeries } from "./line_series.ts";
import type { Look } from "./look.ts";
import type { Option } from "./option.ts";
import { type Shown, shownRows } from "./shown.ts";
import { thinLine } from "./thin_line.ts";
import type { Thinning } from "./time_picture.ts";

/** How columns over time are drawn as lines, and what of them is to be seen. */
export interface LineDrawing {
  time: Float64Array;
  look: Look;
  draw(values: Float64Array, style: LineStyle): Option;
  seen(values: Float64Array): Float64Array;
}

/** Columns beside candles, of which some are shown. */
export function besideCandles(shown: Shown): LineDrawing {
  return {
    time: shown.candles.time,
    look: shown.look,
    draw: (values, style) => lineSeries(values, shown, style),
    seen: (values) => shownRows(shown, values),
  };
}

/** Columns at times of their own, all of which are shown. */
export function atTheirTimes(time: Float64Array, thinning: Thinning, look: Look): LineDrawing {
  return {
    time,
    look,
    draw: (values, style) => pointSeries(thinLine(time, values, thinning), style),
    seen: (values) => values,
  };
}
