import { axisLabel } from "./axes.ts";
import { written } from "./captions.ts";
import { fixedLine } from "./fixed_line.ts";
import { ground } from "./ground.ts";
import { type Heading, headingLines } from "./heading.ts";
import type { Bin } from "./histogram_bins.ts";
import { itemTooltip } from "./item_tooltip.ts";
import { legend, type LegendItem } from "./legend.ts";
import { type Look, TEXT } from "./look.ts";
import { MARGIN } from "./margin.ts";
import type { Option } from "./option.ts";
import { tooSmall } from "./picture_options.ts";
import { textWidth } from "./text_width.ts";
import { percents, plainNumbers, roundTicks } from "./value_axis.ts";
import { words } from "./words.ts";

/** A histogram as it is drawn; values are percentages. */
export interface Histogram {
  /** `undefined` where it is not drawn. */
  heading: Heading | undefined;
  bins: readonly Bin[];
  mean: number;
  /** What is counted, and what one return is of. */
  of: string;
  unit: string;
  size: { width: number; height: number };
  look: Look;
}

/** Room for the legend, and below for the labels and the title of the axis. */
const HEADER = 26, BOTTOM = 52;
const PIXELS_PER_LABEL = 80, LEAST_HEIGHT = 80;

/** Refuses a height in which the bars would be too flat to be read. */
export function checkHistogram(
  { heading, size, look }: Pick<Histogram, "heading" | "size" | "look">,
): void {
  const above = headingLines(heading, size.width, look).height + HEADER;
  const least = above + LEAST_HEIGHT + BOTTOM;
  if (size.height < least) throw tooSmall("height", size.height, least);
}

/** Bars of losses and of gains, and a line at the mean. */
export function histogramOption(histogram: Histogram): Option {
  const { heading, bins, of, unit, size, look } = histogram;
  const { elements, height } = headingLines(heading, size.width, look);
  const top = height + HEADER, { left, right } = MARGIN, title = `Number of ${of}`;
  const bold = { colour: look.text, size: TEXT.small, bold: true };
  const kinds = kindsOf(bins, look);
  const signs = legend(
    [...kinds, meanItem(look)],
    left + textWidth(title, TEXT.small, bold) + 16,
    top - 10,
    look,
  );
  const middle = left + (size.width - left - right) / 2;
  return {
    ...ground(look),
    graphic: [
      ...elements,
      words(title, left, top - 10, bold),
      ...signs,
      words(`Return of ${unit}, %`, middle, size.height - 14, { ...bold, align: "center" }),
    ],
    grid: { left, right, bottom: BOTTOM, top, outerBoundsMode: "none" },
    xAxis: returnAxis(histogram),
    yAxis: countAxis(histogram, size.height - top - BOTTOM),
    series: [...kinds.map((kind) => binSeries(kind, histogram)), meanLine(histogram)],
    tooltip: itemTooltip(look),
  };
}

interface Kind extends LegendItem {
  countIn(bin: Bin): number;
}

/** What the bars count, stacked; kinds without any are left out. */
function kindsOf(bins: readonly Bin[], look: Look): Kind[] {
  const kinds: Kind[] = [
    {
      label: "lost",
      colour: look.loss,
      sign: "bar",
      countIn: ({ to, count }) => to <= 0 ? count : 0,
    },
    {
      label: "won",
      colour: look.profit,
      sign: "bar",
      countIn: ({ to, count }) => to > 0 ? count : 0,
    },
    { label: "exactly 0", colour: look.hold, sign: "bar", countIn: ({ zeros }) => zeros },
  ];
  return kinds.filter(({ countIn }) => bins.some((bin) => countIn(bin) > 0));
}

function returnAxis({ bins, look, size }: Histogram): Option {
  const low = bins[0].from, high = bins[bins.length - 1].to;
  const width = high - bins[bins.length - 1].from;
  const every = Math.ceil(bins.length / Math.floor(size.width / PIXELS_PER_LABEL));
  const borders = [...bins.map(({ from }) => from), high].map((at) => Math.round(at / width));
  const values = borders.filter((k) => k % every === 0).map((k) =>
    Number((k * width).toPrecision(12))
  );
  return {
    type: "value",
    min: low,
    max: high,
    containShape: false,
    axisLine: { show: true, onZero: false, lineStyle: { color: look.axis } },
    axisTick: { show: true, length: 4, lineStyle: { color: look.axis }, customValues: values },
    splitLine: { show: false },
    axisLabel: { ...axisLabel(look), formatter: percents(every * width), customValues: values },
  };
}

function countAxis({ bins, look }: Histogram, height: number): Option {
  const most = 1.08 * Math.max(...bins.map(({ count, zeros }) => count + zeros));
  const { values, step } = roundTicks({ low: 0, high: most }, Math.max(2, Math.floor(height / 40)));
  const whole = values.filter(Number.isInteger);
  return {
    type: "value",
    position: "right",
    min: 0,
    max: most,
    axisLine: { show: false },
    axisTick: { show: false, customValues: whole },
    splitLine: { show: true, lineStyle: { color: look.grid } },
    axisLabel: {
      ...axisLabel(look),
      formatter: plainNumbers(Math.ceil(step)),
      customValues: whole,
    },
  };
}

function binSeries({ label, colour, countIn }: Kind, { size, bins, of }: Histogram): Option {
  const width = (size.width - MARGIN.left - MARGIN.right) / bins.length;
  return {
    type: "bar",
    name: label,
    stack: "count",
    data: bins.map((bin) => ({
      value: [(bin.from + bin.to) / 2, countIn(bin)],
      lines: binLines(bin, label, `${written(countIn(bin))} ${of}`),
    })),
    barWidth: 0.92 * width,
    itemStyle: { color: colour, opacity: 0.85 },
  };
}

/** What a reader is told of a bar. */
function binLines({ from, to }: Bin, label: string, count: string): string[] {
  const write = (percent: number) => `${Number(percent.toPrecision(12))}%`;
  return [`return ${write(from)} to ${write(to)}`, `${count} ${label}`];
}

function meanItem(look: Look): LegendItem {
  return { label: "mean", colour: look.text, sign: "dashed" };
}

function meanLine({ mean, look }: Histogram): Option {
  return fixedLine({ xAxis: mean }, { colour: look.text, dashed: true });
}
