import type { ExcursionRow } from "../research/excursion_rows.ts";
import { axisLabel } from "./axes.ts";
import { type Box, diagonal, dots, type Side, SIDES } from "./excursion_dots.ts";
import { type Heading, headingLines } from "./heading.ts";
import { itemTooltip } from "./item_tooltip.ts";
import { legend } from "./legend.ts";
import { FONTS, type Look, TEXT } from "./look.ts";
import { MARGIN } from "./margin.ts";
import type { Option } from "./option.ts";
import { type Range, rangeOf } from "./pane.ts";
import { tooSmall } from "./picture_options.ts";
import { textWidth } from "./text_width.ts";
import { type Outcome, outcomesOf, outcomeStyle } from "./trade_outcome.ts";
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

const HEADER = 28, FOOT = 52, BETWEEN = 76, LEAST_BESIDE = 700, LEAST_HEIGHT = 90;
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
