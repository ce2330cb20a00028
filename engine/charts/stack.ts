import { type AxisPlace, countAxis, timeAxis, valueAxis } from "./axes.ts";
import { ground } from "./ground.ts";
import { type Heading, headingLines } from "./heading.ts";
import { tooltipStyle } from "./item_tooltip.ts";
import { type Look } from "./look.ts";
import { MARGIN } from "./margin.ts";
import type { Option } from "./option.ts";
import type { Pane } from "./pane.ts";
import { headerHeight, paneHeader } from "./pane_header.ts";
import type { Moments } from "./reading.ts";
import { readingTable } from "./reading_table.ts";
import { tooSmall } from "./picture_options.ts";
import type { Block } from "./table_block.ts";

/** Panes above each other on one time axis. */
export interface Stack {
  /** `undefined` where it is not drawn. */
  heading: Heading | undefined;
  panes: readonly Pane[];
  /** What the axis covers: time (UTC milliseconds), or numbers of what the moments count. */
  from: number;
  to: number;
  size: { width: number; height: number };
  look: Look;
  /** Whether a reader can zoom, so that the axes must find their own ticks. */
  interactive: boolean;
  /** What a reader can point at there. */
  moments: Moments;
  /** What stands between the heading and the panes. */
  block?: Block;
}

/** Room for the slider of an interactive page. */
const SLIDER = 34;
/** Pixels of height that a pane needs at least for each unit of its weight. */
const LEAST_WEIGHT = 10;

/** The picture of a stack. */
export function stackOption(stack: Stack): Option {
  const { heading, panes, from, to, size, look, interactive, block } = stack;
  const { counted } = stack.moments;
  const { elements, height: headed } = headingLines(heading, size.width, look);
  const boxes = paneBoxes(stack, headed + (block?.height ?? 0));
  const place = (index: number): AxisPlace => {
    return { ...boxes[index], index, last: index === panes.length - 1, interactive, look };
  };
  return {
    ...ground(look),
    useUTC: true,
    graphic: [
      ...elements,
      ...(block?.elements(headed) ?? []),
      ...panes.flatMap((pane, i) =>
        paneHeader(pane, { left: MARGIN.left, bottom: boxes[i].top, width: boxes[i].width }, look)
      ),
    ],
    grid: boxes.map((box) => ({ left: MARGIN.left, ...box, outerBoundsMode: "none" })),
    xAxis: panes.map((_, i) => (counted === undefined ? timeAxis : countAxis)(from, to, place(i))),
    yAxis: panes.map((pane, i) => valueAxis(pane, place(i))),
    series: panes.flatMap(({ series }, i) =>
      series.map((item) => ({ xAxisIndex: i, yAxisIndex: i, ...item }))
    ),
    ...(interactive && interaction(stack)),
  };
}

interface Box {
  top: number;
  width: number;
  height: number;
}

/** How many pixels wide the drawings of a picture are. */
export function plotWidth(size: { width: number }): number {
  return size.width - MARGIN.left - MARGIN.right;
}

/** Where the panes lie: their headers take what they need, and they share the rest. */
function paneBoxes({ panes, size, interactive }: Stack, from: number): Box[] {
  const width = plotWidth(size), headers = panes.map((pane) => headerHeight(pane, width));
  const foot = MARGIN.bottom + (interactive ? SLIDER : 0);
  const room = size.height - from - foot - headers.reduce((sum, height) => sum + height, 0);
  const total = panes.reduce((sum, { weight }) => sum + weight, 0);
  let top = from;
  return panes.map(({ weight }, i) => {
    const box = { top: top + headers[i], width, height: Math.max(1, room * weight / total) };
    top = box.top + box.height;
    return box;
  });
}

/** Refuses a height in which the panes would be too flat to be read. */
export function checkHeight(stack: Pick<Stack, "heading" | "panes" | "size" | "look" | "block">) {
  const { heading, panes, size, look, block } = stack, width = plotWidth(size);
  const above = headingLines(heading, size.width, look).height + (block?.height ?? 0);
  const needed = panes.map((pane) => headerHeight(pane, width) + LEAST_WEIGHT * pane.weight);
  const least = needed.reduce((sum, height) => sum + height, above + MARGIN.bottom);
  if (size.height < least) throw tooSmall("height", size.height, least, "show fewer panes");
}

function interaction({ look, panes, moments }: Stack): Option {
  const axes = panes.map((_, index) => index);
  return {
    tooltip: {
      trigger: "axis",
      axisPointer: { type: "cross" },
      ...tooltipStyle(look),
      formatter: readingTable(panes, moments, look.muted),
    },
    axisPointer: { link: [{ xAxisIndex: "all" }] },
    dataZoom: [
      { type: "inside", xAxisIndex: axes },
      {
        type: "slider",
        xAxisIndex: axes,
        bottom: 6,
        height: 18,
        showDetail: false,
        borderColor: look.axis,
      },
    ],
  };
}
