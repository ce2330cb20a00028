import type { ExcursionRow } from "../research/excursion_rows.ts";
import { timeText } from "./captions.ts";
import type { Look } from "./look.ts";
import { percentText } from "./number_text.ts";
import type { Option, OptionValue } from "./option.ts";
import type { Range } from "./pane.ts";
import type { Box } from "./two_boxes.ts";
import { type Outcome, outcomeOf, outcomeStyle } from "./trade_outcome.ts";

/** One of the two drawings: what is on its horizontal axis, in percent. */
export interface Side {
  title: string;
  diagonal: string;
  of(row: ExcursionRow): number;
}

/** Against the trade, and for it. */
export const SIDES: readonly Side[] = [
  {
    title: "Farthest against the trade (MAE), %",
    diagonal: "left at the worst price",
    of: ({ adverse }) => 100 * adverse,
  },
  {
    title: "Farthest for the trade (MFE), %",
    diagonal: "left at the best price",
    of: ({ favourable }) => 100 * favourable,
  },
];

const DOT = 7;

/** Where a trade lies that was left at its worst or best price, at no cost. */
export function diagonal(x: Range, y: Range, index: number, look: Look): Option {
  const low = Math.max(x.low, y.low), high = Math.min(x.high, y.high);
  return {
    ...at(index),
    type: "line",
    name: "Diagonal",
    data: low < high ? [[low, low], [high, high]] : [],
    showSymbol: false,
    silent: true,
    lineStyle: { color: look.hold, width: 1.2, type: [4, 3] },
  };
}

/** The trades of an outcome; in a still picture those that hide another exactly are drawn once. */
export function dots(
  outcome: Outcome,
  { rows, look }: { rows: readonly ExcursionRow[]; look: Look },
  index: number,
  still: { x: Range; y: Range; box: Box } | undefined,
): Option {
  const { of } = SIDES[index], { colour } = outcomeStyle(outcome, look), seen = new Set<string>();
  const data: OptionValue[] = [];
  for (const row of rows) {
    if (outcomeOf(row) !== outcome) continue;
    const value = [of(row), 100 * row.return];
    if (still === undefined) data.push({ value, lines: linesOf(row) });
    else {
      const pixel = pixelOf(value, still);
      if (!seen.has(pixel)) data.push(value);
      seen.add(pixel);
    }
  }
  return {
    ...at(index),
    type: "scatter",
    name: outcome,
    silent: still !== undefined,
    symbol: outcome === "lost" ? "diamond" : "circle",
    symbolSize: outcome === "lost" ? DOT + 1 : DOT,
    itemStyle: { color: colour, opacity: 0.6 },
    data,
  };
}

function pixelOf([x, y]: number[], still: { x: Range; y: Range; box: Box }): string {
  const place = (value: number, { low, high }: Range, size: number) =>
    Math.round((value - low) / (high - low) * size);
  return `${place(x, still.x, still.box.width)},${place(y, still.y, still.box.height)}`;
}

function at(index: number): Option {
  return { xAxisIndex: index, yAxisIndex: index };
}

/** What a reader is told of a trade. */
function linesOf({ side, entryTime, exitTime, reason, adverse, favourable, ...row }: ExcursionRow) {
  return [
    `${side}, ${timeText(entryTime)} to ${timeText(exitTime)} UTC`,
    `return ${percentText(100 * row.return)}, closed by ${reason}`,
    `MAE ${percentText(100 * adverse)}, MFE ${percentText(100 * favourable)}`,
  ];
}
