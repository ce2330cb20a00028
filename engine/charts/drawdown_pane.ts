import type { Result } from "../research/result.ts";
import { lineSeries } from "./line_series.ts";
import { type Pane, rangeOf } from "./pane.ts";
import { percentText } from "./number_text.ts";
import { type Shown, shownRows } from "./shown.ts";
import { percents } from "./value_axis.ts";

/** How far equity is below its peak. */
export function drawdownPane(result: Result, shown: Shown): Pane {
  const percent = result.equity.column("drawdown").map((fraction) => 100 * fraction);
  const { low } = rangeOf(shownRows(shown, percent), [0]);
  const style = { name: "drawdown", colour: shown.look.loss, width: 1.1, filled: true };
  return {
    title: "Drawdown, %",
    weight: 2.2,
    series: [lineSeries(percent, shown, style)],
    legend: [],
    range: { low: 1.12 * low || -1, high: 0 },
    format: percents,
    fromZero: true,
    readings: [{ ...style, time: shown.candles.time, values: percent, write: percentText }],
  };
}
