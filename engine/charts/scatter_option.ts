import type { ExcursionRow } from "../research/excursion_rows.ts";
import { axisLabel } from "./axes.ts";
import { timeText } from "./captions.ts";
import { type Heading, headingLines } from "./heading.ts";
import { itemTooltip } from "./item_tooltip.ts";
import { legend } from "./legend.ts";
import { FONTS, type Look, TEXT } from "./look.ts";
import { MARGIN } from "./margin.ts";
import { percentText } from "./number_text.ts";
import type { Option, OptionValue } from "./option.ts";
import { type Range, rangeOf } from "./pane.ts";
import { tooSmall } from "./picture_options.ts";
import { textWidth } from "./text_width.ts";
import { type Outcome, outcomeOf, outcomesOf, outcomeStyle } from "./trade_outcome.ts";
import { padded, percents, roundTicks } from "./value_axis.ts";
import { words } from "./words.ts";

/** Trades by their excursions, as they are drawn. */
export interface Scatter {
  /** `undefined` where it is not drawn. */
  heading: Heading | undefined;
  rows: readonly ExcursionRow[];
  size: { width: number; height: number };
  look: Look;
}

/** One of the two drawings: what is on its horizontal axis, in percent. */
interface Side {
  title: string;
  diagonal: string;
  of(row: ExcursionRow): number;
}

const SIDES: readonly Side[] = [
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

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const HEADER = 28, FOOT = 52, BETWEEN = 76, LEAST_BESIDE = 700, LEAST_HEIGHT = 90, DOT = 7;
const PIXELS_PER_LABEL = 70, PIXELS_PER_TICK = 40;

/** Refuses a height in which the drawings would be too flat to be read. */
export function checkScatter(scatter: Scatter): void {
  const { size, heading, look } = scatter, lines = isBeside(scatter) ? 1 : 2;
  const above = headingLines(heading, size.width, look).height;
  const least = above + lines * (HEADER + LEAST_HEIGHT + FOOT);
  if (size.height < least) throw tooSmall("height", size.height, least);
}

/** Two drawings beside each other, or below where that is too narrow. */
export function scatterOption(scatter: Scatter, interactive: boolean): Option {
  const { heading, size, look, rows } = scatter;
  const { elements, height } = headingLines(heading, size.width, look);
  const boxes = boxesOf(scatter, height), returns = rows.map((row) => 100 * row.return);
  const y = padded(rangeOf([0], returns), 0.06);
  const xs = SIDES.map(({ of }) => padded(rangeOf([0], rows.map(of)), 0.04));
  const outcomes = outcomesOf(rows);
  return {
    animation: false,
    backgroundColor: look.background,
    textStyle: { fontFamily: FONTS },
    graphic: [
      ...elements,
      ...boxes.flatMap((box, i) => header(SIDES[i], box, i === 0 ? outcomes : [], look)),
    ],
    grid: boxes.map((box) => ({ ...box, outerBoundsMode: "none" })),
    xAxis: boxes.map((box, i) => axis(xs[i], box.width / PIXELS_PER_LABEL, "bottom", i, look)),
    yAxis: boxes.map((box, i) => axis(y, box.height / PIXELS_PER_TICK, "right", i, look)),
    series: boxes.flatMap((box, i) => [
      diagonal(xs[i], y, i, look),
      ...outcomes.map((outcome) =>
        dots(outcome, scatter, i, interactive ? undefined : { x: xs[i], y, box })
      ),
    ]),
    ...(interactive && { tooltip: itemTooltip(look) }),
  };
}

function isBeside({ size }: Pick<Scatter, "size">): boolean {
  return size.width >= LEAST_BESIDE;
}

function boxesOf(scatter: Scatter, from: number): Box[] {
  const { width, height } = scatter.size, { left, right } = MARGIN;
  if (isBeside(scatter)) {
    const each = (width - left - right - BETWEEN) / 2, high = height - from - HEADER - FOOT;
    return SIDES.map((_, i) => {
      return { left: left + i * (each + BETWEEN), top: from + HEADER, width: each, height: high };
    });
  }
  const row = (height - from) / 2;
  return SIDES.map((_, i) => ({
    left,
    top: from + i * row + HEADER,
    width: width - left - right,
    height: row - HEADER - FOOT,
  }));
}

/** What is drawn, with its unit, above and below a drawing. */
function header(
  { title, diagonal }: Side,
  { left, top, width, height }: Box,
  outcomes: readonly Outcome[],
  look: Look,
): Option[] {
  const bold = { colour: look.text, size: TEXT.small, bold: true }, name = "Return, %";
  const items = [
    ...outcomes.map((outcome) => {
      const sign = outcome === "lost" ? "diamond" as const : "dot" as const;
      return { label: outcome, colour: outcomeStyle(outcome, look).colour, sign };
    }),
    { label: diagonal, colour: look.hold, sign: "dashed" as const },
  ];
  return [
    words(name, left, top - 13, bold),
    ...legend(items, left + textWidth(name, TEXT.small, bold) + 16, top - 13, look),
    words(title, left + width / 2, top + height + 36, { ...bold, align: "center" }),
  ];
}

function axis(
  range: Range,
  count: number,
  position: "bottom" | "right",
  index: number,
  look: Look,
): Option {
  const isBelow = position === "bottom";
  const { values, step } = roundTicks(range, Math.max(2, Math.floor(count)));
  return {
    type: "value",
    gridIndex: index,
    position,
    min: range.low,
    max: range.high,
    axisLine: { show: isBelow, onZero: false, lineStyle: { color: look.axis } },
    axisTick: { show: isBelow, length: 4, lineStyle: { color: look.axis }, customValues: values },
    splitLine: { show: true, lineStyle: { color: look.grid } },
    axisLabel: { ...axisLabel(look), formatter: percents(step), customValues: values },
  };
}

/** Where a trade lies that was left at its worst or best price, at no cost. */
function diagonal(x: Range, y: Range, index: number, look: Look): Option {
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
function dots(
  outcome: Outcome,
  { rows, look }: Scatter,
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
