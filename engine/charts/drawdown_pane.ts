import type { LineDrawing } from "./line_drawing.ts";
import { percentText } from "./number_text.ts";
import { type Pane, rangeOf } from "./pane.ts";
import type { AnyResult } from "./run_caption.ts";
import { percents } from "./value_axis.ts";

/** How far equity is below its peak. */
export function drawdownPane(result: AnyResult, { time, look, draw, seen }: LineDrawing): Pane {
  const percent = result.equity.column("drawdown").map((fraction) => 100 * fraction);
  const { low } = rangeOf(seen(percent), [0]);
  const style = { name: "drawdown", colour: look.loss, width: 1.1, filled: true };
  return {
    title: "Drawdown, %",
    weight: 2.2,
    series: [draw(percent, style)],
    legend: [],
    range: { low: 1.12 * low || -1, high: 0 },
    format: percents,
    fromZero: true,
    readings: [{ ...style, time, values: percent, write: percentText }],
  };
}
