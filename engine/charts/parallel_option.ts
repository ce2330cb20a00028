import { axisLabel } from "./axes.ts";
import { mixed } from "./colour.ts";
import { ground } from "./ground.ts";
import { type Heading, headingLines } from "./heading.ts";
import { itemTooltip } from "./item_tooltip.ts";
import { legend, legendWidth } from "./legend.ts";
import { FONTS, type Look, TEXT } from "./look.ts";
import type { NumberFormat, Option, OptionValue } from "./option.ts";
import { rangeOf } from "./pane.ts";
import { tooSmall } from "./picture_options.ts";
import { textWidth } from "./text_width.ts";
import { padded, plainNumbers, roundTicks } from "./value_axis.ts";
import { words } from "./words.ts";

/** An axis: a parameter, or a number that was measured. */
export interface Dimension {
  title: string;
  isParameter: boolean;
  /** Its value of a set, and the values that there are; NaN is unknown. */
  of(set: number): number | string;
  values: readonly (number | string)[];
  /** How it writes numbers, by the step between ticks; as they are unless given. */
  format?(step: number): NumberFormat;
  write(value: number | string): string;
}

/** Sets as lines through axes. */
export interface Parallel {
  /** `undefined` where it is not drawn. */
  heading: Heading | undefined;
  dimensions: readonly Dimension[];
  /** Sets, best first, and what a page says of them. */
  rows: readonly { set: number; told: string }[];
  /** By what the best set is the best. */
  rank: string;
  size: { width: number; height: number };
  look: Look;
}

const LEFT = 56, RIGHT = 76, HEADER = 66, FOOT = 26, LEAST_HEIGHT = 90, LEAST_BETWEEN = 64;
const PIXELS_PER_TICK = 34, MOST_VALUES = 8, SLICES = 24, SLICE = 3;
/** How strong the colours of the worst and of the best are, and how fast they fade between. */
const WEAKEST = 0.1, STRONGEST = 0.85, FADING = 2;

/** Refuses a size in which axes would be too close together or too short. */
export function checkParallel({ heading, size, look, dimensions }: Parallel): void {
  const width = LEFT + RIGHT + LEAST_BETWEEN * (dimensions.length - 1);
  if (size.width < width) throw tooSmall("width", size.width, width);
  const least = headingLines(heading, size.width, look).height + HEADER + LEAST_HEIGHT + FOOT;
  if (size.height < least) throw tooSmall("height", size.height, least);
}

/** Lines of all sets, the better ones in front. */
export function parallelOption(drawn: Parallel): Option {
  const { heading, dimensions, size, look } = drawn;
  const { elements, height } = headingLines(heading, size.width, look), top = height + HEADER;
  return {
    ...ground(look),
    graphic: [...elements, ...signs(drawn, height + 14)],
    parallel: { left: LEFT, right: RIGHT, top, bottom: FOOT },
    parallelAxis: dimensions.map((dimension, dim) =>
      axis(dimension, dim, size.height - top - FOOT, look)
    ),
    series: [{
      type: "parallel",
      name: "Sets",
      smooth: false,
      emphasis: { disabled: true },
      inactiveOpacity: 0.04,
      activeOpacity: 1,
      // Those that are drawn first lie behind.
      data: drawn.rows.map((_, place) => line(drawn, place)).reverse(),
    }],
    tooltip: itemTooltip(look),
  };
}

/** The colour of a line, by its place among those drawn: 0 is the best. */
function colourOf(place: number, count: number, look: Look): string {
  const share = count > 1 ? 1 - place / (count - 1) : 1;
  return mixed(look.background, look.long, WEAKEST + (STRONGEST - WEAKEST) * share ** FADING);
}

function line({ rows, dimensions, look }: Parallel, place: number): Option {
  const { set, told } = rows[place], isBest = place === 0;
  const values = dimensions.map((dimension) => dimension.of(set));
  const numbers = dimensions.flatMap(({ isParameter, title, write }, i) =>
    isParameter ? [] : [`${title.split(",")[0]} ${write(values[i])}`]
  );
  return {
    value: values.map((value): OptionValue => Number.isNaN(value) ? "-" : value),
    lineStyle: {
      color: isBest ? look.lines[0] : colourOf(place, rows.length, look),
      width: isBest ? 3 : 1.2,
      opacity: 1,
    },
    lines: [told, ...numbers],
  };
}

function axis(dimension: Dimension, dim: number, height: number, look: Look): Option {
  const { title, isParameter, values } = dimension;
  return {
    dim,
    name: title,
    nameLocation: "end",
    nameGap: 16,
    nameTextStyle: {
      color: isParameter ? look.text : look.muted,
      fontSize: TEXT.small,
      fontWeight: 600,
      fontFamily: FONTS,
    },
    axisLine: { lineStyle: { color: look.hold, width: 1.2 } },
    splitLine: { show: false },
    ...(values.some((value) => typeof value === "string")
      ? categories(values, look)
      : scale(dimension, height, look)),
  };
}

function categories(values: Dimension["values"], look: Look): Option {
  return {
    type: "category",
    data: values.map(String),
    axisTick: { show: false },
    axisLabel: labelOf(look),
  };
}

/** Few values are ticks themselves. */
function scale({ values, format }: Dimension, height: number, look: Look): Option {
  // Lines along an end of the axis would be cut in half.
  const numbers = values.map(Number), { low, high } = padded(rangeOf(numbers), 0.015);
  const distinct = [...new Set(numbers)].filter((value) => !Number.isNaN(value));
  const round = roundTicks({ low, high }, Math.max(2, Math.floor(height / PIXELS_PER_TICK)));
  const own = format === undefined && distinct.length <= MOST_VALUES;
  const ticks = own ? distinct.sort((a, b) => a - b) : round.values;
  const step = own ? Math.min(...ticks.slice(1).map((tick, i) => tick - ticks[i])) : round.step;
  return {
    type: "value",
    min: low,
    max: high,
    axisTick: { length: 4, lineStyle: { color: look.hold }, customValues: ticks },
    axisLabel: { ...labelOf(look), formatter: (format ?? plainNumbers)(step), customValues: ticks },
  };
}

/** A label is read over lines, too. */
function labelOf(look: Look): Option {
  return {
    ...axisLabel(look),
    color: look.text,
    textBorderColor: look.background,
    textBorderWidth: 3,
  };
}

/** What the colours mean. */
function signs({ look, rank, rows }: Parallel, y: number): Option[] {
  const style = { colour: look.muted, size: TEXT.small };
  const best = [{ label: "the best set", colour: look.lines[0], sign: "line" as const }];
  const from = LEFT - 28, label = `the others by ${rank}: worst`;
  const left = from + legendWidth(best[0]), bar = left + textWidth(label, TEXT.small) + 8;
  const slices = Array.from({ length: SLICES }, (_, i): Option => ({
    type: "rect",
    silent: true,
    shape: { x: bar + i * SLICE, y: y - 5, width: SLICE + 0.4, height: 10 },
    style: { fill: colourOf(SLICES - 1 - i, SLICES, look) },
  }));
  return [
    ...legend(best, from, y, look),
    ...(rows.length > 1
      ? [
        words(label, left, y, style),
        ...slices,
        words("best", bar + SLICES * SLICE + 8, y, style),
      ]
      : []),
  ];
}
