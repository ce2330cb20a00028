import { boxAxis } from "./box_axis.ts";
import { clusters } from "./clusters.ts";
import { ground } from "./ground.ts";
import type { Halves } from "./halves.ts";
import { headingLines } from "./heading.ts";
import { type Bin, histogramBins } from "./histogram_bins.ts";
import { itemTooltip } from "./item_tooltip.ts";
import { legend, type LegendItem } from "./legend.ts";
import { type Look, TEXT } from "./look.ts";
import { percentText, withDecimals } from "./number_text.ts";
import type { Option } from "./option.ts";
import { type Range, rangeOf } from "./pane.ts";
import { textWidth } from "./text_width.ts";
import { trendOf } from "./trend.ts";
import { type Box, type Two, twoBoxes } from "./two_boxes.ts";
import { padded, percents, plainNumbers } from "./value_axis.ts";
import { words } from "./words.ts";
import { zeroLine } from "./zero_line.ts";

/** Halves as they are drawn. */
export type DrawnHalves = Two & Halves;

const ratioText = withDecimals(2);

/** How often which rank on the left, in sample against out of it on the right. */
export function overfittingOption(drawn: DrawnHalves): Option {
  const { heading, size, look, logits, inSample, outOfSample } = drawn;
  const { elements, height } = headingLines(heading, size.width, look);
  const boxes = twoBoxes(drawn, height), [left, right] = boxes;
  const bins = histogramBins([...logits]), share = 100 / logits.length;
  const ranks = { low: bins[0].from, high: bins[bins.length - 1].to };
  const most = Math.max(...bins.map(({ count, zeros }) => share * (count + zeros)));
  const x = padded(rangeOf(inSample), 0.04), y = padded(rangeOf([0], outOfSample), 0.06);
  const below = { position: "bottom", look } as const,
    beside = { position: "right", look } as const;
  return {
    ...ground(look),
    graphic: [...elements, ...headers(drawn, left, right)],
    grid: boxes.map((box) => ({ ...box, outerBoundsMode: "none" })),
    xAxis: [
      boxAxis(ranks, left, { ...below, index: 0, format: plainNumbers }),
      boxAxis(x, right, { ...below, index: 1, format: plainNumbers }),
    ],
    yAxis: [
      boxAxis({ low: 0, high: 1.08 * most }, left, { ...beside, index: 0, format: percents }),
      boxAxis(y, right, { ...beside, index: 1, format: plainNumbers }),
    ],
    series: [
      ...kindsOf(look).map((kind) => bars(kind, bins, share, left)),
      { ...at(0), ...zeroLine("xAxis", look.muted) },
      ...dots(drawn, { x, y, box: right }),
      line("As good", [1, 0], { x, y }, { color: look.hold, width: 1.2, type: [4, 3] }),
      trend(drawn, { x, y }),
      { ...at(1), ...zeroLine("yAxis", look.muted) },
    ],
    tooltip: itemTooltip(look),
  };
}

/** Halves that went badly, and those that went well. */
interface Kind {
  name: string;
  colour: string;
  countIn(bin: Bin): number;
}

/** What is exactly in the middle counts as half below it, as in the probability. */
function kindsOf(look: Look): Kind[] {
  return [
    {
      name: "below the middle",
      colour: look.short,
      countIn: ({ to, count, zeros }) => (to <= 0 ? count : 0) + zeros / 2,
    },
    {
      name: "above it",
      colour: look.long,
      countIn: ({ to, count, zeros }) => (to > 0 ? count : 0) + zeros / 2,
    },
  ];
}

/** Above each drawing what it shows, and below it what is on its axis. */
function headers({ look, inSample, outOfSample }: DrawnHalves, left: Box, right: Box): Option[] {
  const bold = { colour: look.text, size: TEXT.small, bold: true };
  const named = (box: Box, title: string, items: readonly LegendItem[], below: string) => [
    words(title, box.left, box.top - 13, bold),
    ...legend(items, box.left + textWidth(title, TEXT.small, bold) + 16, box.top - 13, look),
    words(below, box.left + box.width / 2, box.top + box.height + 36, { ...bold, align: "center" }),
  ];
  const ranks = kindsOf(look).map(({ name, colour }): LegendItem => {
    return { label: name, colour, sign: "bar" };
  });
  const slope = ratioText(trendOf(inSample, outOfSample).slope);
  return [
    ...named(left, "Ways of halving, %", ranks, "Logit of the rank out of sample"),
    ...named(right, "Sharpe out of sample", [
      { label: "as in sample", colour: look.hold, sign: "dashed" },
      { label: `trend ${slope}`, colour: look.text, sign: "line" },
    ], "Sharpe of the best in sample, a year"),
  ];
}

function bars(
  { name, colour, countIn }: Kind,
  bins: readonly Bin[],
  share: number,
  box: Box,
): Option {
  return {
    ...at(0),
    type: "bar",
    name,
    stack: "ranks",
    barWidth: 0.92 * box.width / bins.length,
    itemStyle: { color: colour, opacity: 0.85 },
    data: bins.map((bin) => ({
      value: [(bin.from + bin.to) / 2, share * countIn(bin)],
      lines: [
        `logit ${Number(bin.from.toPrecision(6))} to ${Number(bin.to.toPrecision(6))}`,
        `${percentText(share * countIn(bin))} of the ways`,
      ],
    })),
  };
}

/** All ways as points, those that lie together as one; losses out of sample in orange. */
function dots(
  { inSample, outOfSample, look }: DrawnHalves,
  place: { x: Range; y: Range; box: Box },
): Option[] {
  const points = clusters(inSample, outOfSample, place);
  const most = Math.max(...points.map(({ count }) => count));
  return [false, true].map((isLoss) => ({
    ...at(1),
    type: "scatter",
    name: isLoss ? "lost" : "earned",
    symbol: "rect",
    symbolSize: 3,
    itemStyle: { color: isLoss ? look.short : look.long },
    data: points.filter(({ y }) => y < 0 === isLoss).map(({ x, y, count }) => ({
      value: [x, y],
      itemStyle: { opacity: 0.25 + 0.75 * Math.sqrt(count / most) },
      lines: [
        `Sharpe in sample ${ratioText(x)}, out of it ${ratioText(y)}`,
        `${count} ${count === 1 ? "way" : "ways"} of halving`,
      ],
    })),
  }));
}

function trend(
  { inSample, outOfSample, look }: DrawnHalves,
  ranges: { x: Range; y: Range },
): Option {
  const { slope, level } = trendOf(inSample, outOfSample);
  return line("Trend", [slope, level], ranges, { color: look.text, width: 1.8 });
}

/** A straight line as far as it lies within the ranges. */
function line(
  name: string,
  [slope, level]: readonly [slope: number, level: number],
  { x, y }: { x: Range; y: Range },
  lineStyle: Option,
): Option {
  const ends = [x.low, x.high, (y.low - level) / slope, (y.high - level) / slope]
    .filter((end) => end >= x.low && end <= x.high)
    .map((end) => [end, level + slope * end])
    .filter(([, height]) => height >= y.low - 1e-9 && height <= y.high + 1e-9)
    .sort(([a], [b]) => a - b);
  const data = ends.length < 2 ? [] : [ends[0], ends[ends.length - 1]];
  return { ...at(1), type: "line", name, data, showSymbol: false, silent: true, z: 5, lineStyle };
}

function at(index: number): Option {
  return { xAxisIndex: index, yAxisIndex: index };
}
