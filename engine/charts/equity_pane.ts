import type { Benchmark } from "../metrics/benchmark.ts";
import { heldReturns } from "../metrics/buy_and_hold.ts";
import type { LineDrawing } from "./line_drawing.ts";
import { positive } from "./log_scale.ts";
import { withDecimals } from "./number_text.ts";
import { type Pane, rangeOf } from "./pane.ts";
import type { AnyResult } from "./run_caption.ts";
import { titled } from "./shown.ts";
import { padded, paddedLog, plainNumbers } from "./value_axis.ts";

/** How equity is drawn. */
export interface EquityDrawing {
  quote: string;
  log: boolean;
  /** How the line of equity is called. */
  name: string;
  /** What it is drawn beside, if it is: equity before the first row that is shown, bought and held. */
  held: { name: string; before: number; benchmark: Benchmark } | undefined;
}

/** Equity, and what it would have become by buying and holding, without costs. */
export function equityPane(
  result: AnyResult,
  { time, look, draw, seen }: LineDrawing,
  { quote, log, name, held }: EquityDrawing,
): Pane {
  const equity = { name, colour: look.equity, width: 1.8, values: result.equity.column("equity") };
  const lines = [...(held ? [holding(held, look.hold)] : []), equity].map((line) => {
    return { ...line, values: log ? positive(line.values) : line.values };
  });
  const range = rangeOf(...lines.map(({ values }) => seen(values)));
  return {
    title: titled("Equity", quote, { log }),
    weight: 4,
    series: lines.map(({ values, ...style }) => draw(values, style)),
    legend: lines.toReversed().map(({ name, colour }) => ({ label: name, colour, sign: "line" })),
    range: log ? paddedLog(range, 0.08) : padded(range, 0.08),
    format: plainNumbers,
    log,
    readings: lines.toReversed().map(({ name, colour, values }) => {
      return { name, colour, time, values, write: withDecimals(2) };
    }),
  };
}

function holding({ name, before, benchmark }: NonNullable<EquityDrawing["held"]>, colour: string) {
  const values = heldReturns(benchmark).map((fraction) => before * (1 + fraction));
  return { name, colour, width: 1.2, values };
}
