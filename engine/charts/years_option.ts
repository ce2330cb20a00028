import { formatNumber } from "../metrics/format_number.ts";
import type { YearRow } from "../research/return_rows.ts";
import { axisLabel } from "./axes.ts";
import { ground } from "./ground.ts";
import { type Heading, headingLines } from "./heading.ts";
import { itemTooltip } from "./item_tooltip.ts";
import { legend, type LegendItem } from "./legend.ts";
import { type Look, TEXT } from "./look.ts";
import { MARGIN } from "./margin.ts";
import { withDecimals } from "./number_text.ts";
import type { Option } from "./option.ts";
import { rangeOf } from "./pane.ts";
import { tooSmall } from "./picture_options.ts";
import { textWidth } from "./text_width.ts";
import { padded, percents, roundTicks } from "./value_axis.ts";
import { words } from "./words.ts";

/** Years as they are drawn. */
export interface Years {
  /** `undefined` where it is not drawn. */
  heading: Heading | undefined;
  rows: readonly YearRow[];
  size: { width: number; height: number };
  look: Look;
}

/** Whose returns a bar is of. */
interface Owner {
  name: string;
  colour: string;
  of(row: YearRow): number;
}

const HEADER = 28, LEAST_HEIGHT = 100, PIXELS_PER_TICK = 40, MOST_BAR = 72, BESIDE = 5;
/** The share of a year's width that its two bars take. */
const SHARE = 0.72;

/** Refuses a height in which the bars would be too flat to be read. */
export function checkYears({ heading, size, look }: Years): void {
  const above = headingLines(heading, size.width, look).height;
  const least = above + HEADER + LEAST_HEIGHT + MARGIN.bottom;
  if (size.height < least) throw tooSmall("height", size.height, least);
}

/** As the numbers at the bars are written. */
const percent = withDecimals(1, "%");

/** Two bars a year, with their numbers where there is room. */
export function yearsOption(years: Years): Option {
  const { heading, rows, size, look } = years, { left, right, bottom } = MARGIN;
  const { elements, height } = headingLines(heading, size.width, look), top = height + HEADER;
  const owners: Owner[] = [
    { name: "strategy", colour: look.equity, of: (row) => row.return },
    { name: "buy and hold", colour: look.hold, of: ({ buyAndHold }) => buyAndHold },
  ];
  const title = "Return of the year, %", bold = { colour: look.text, size: TEXT.small, bold: true };
  const signs = owners.map(({ name, colour }): LegendItem => ({
    label: name,
    colour,
    sign: "bar",
  }));
  const bar = Math.min(MOST_BAR, SHARE / 2 * (size.width - left - right) / rows.length);
  return {
    ...ground(look),
    graphic: [
      ...elements,
      words(title, left, top - 13, bold),
      ...legend(signs, left + textWidth(title, TEXT.small, bold) + 16, top - 13, look),
    ],
    grid: { left, right, bottom, top, outerBoundsMode: "none" },
    xAxis: yearAxis(years),
    yAxis: returnAxis(years, owners, size.height - top - bottom),
    series: owners.map((owner) => bars(owner, years, bar)),
    tooltip: itemTooltip(look),
  };
}

function yearAxis({ rows, look, size }: Years): Option {
  const every = Math.ceil(rows.length / Math.floor(size.width / 48));
  return {
    type: "category",
    data: rows.map(({ year }) => `${year}`),
    axisLine: { show: true, onZero: true, lineStyle: { color: look.axis } },
    axisTick: { show: false },
    axisLabel: {
      ...axisLabel(look),
      color: look.text,
      fontWeight: 600,
      interval: every - 1,
    },
  };
}

function returnAxis({ rows, look }: Years, owners: readonly Owner[], height: number): Option {
  const range = rangeOf([0], ...owners.map(({ of }) => rows.map((row) => 100 * of(row))));
  // Room for the numbers at the ends of bars.
  const { low, high } = padded(range, range.low < 0 ? 0.14 : 0, 0.14);
  const { values, step } = roundTicks(
    { low, high },
    Math.max(2, Math.floor(height / PIXELS_PER_TICK)),
  );
  return {
    type: "value",
    position: "right",
    min: low,
    max: high,
    axisLine: { show: false },
    axisTick: { show: false, customValues: values },
    splitLine: { show: true, lineStyle: { color: look.grid } },
    axisLabel: { ...axisLabel(look), formatter: percents(step), customValues: values },
  };
}

function bars({ name, colour, of }: Owner, { rows, look }: Years, width: number): Option {
  const widest = Math.max(...rows.map((row) => textWidth(percent(100 * of(row)), TEXT.small)));
  return {
    type: "bar",
    name,
    barWidth: width,
    barGap: "6%",
    itemStyle: { color: colour, opacity: 0.9 },
    data: rows.map((row) => ({
      value: 100 * of(row),
      label: { position: of(row) < 0 ? "bottom" : "top" },
      lines: [`${row.year}, ${name}`, `return ${formatNumber(of(row), "fraction")}`],
    })),
    label: {
      show: widest + BESIDE <= width * 1.06,
      color: look.text,
      fontSize: TEXT.small,
      formatter: { format: "number", decimals: 1, suffix: "%" },
    },
  };
}
