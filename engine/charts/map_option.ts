import { boxOf, type CellGrid } from "./cell_grid.ts";
import { readableOn } from "./colour.ts";
import { type ColourScale, colourScale } from "./colour_scale.ts";
import { ground } from "./ground.ts";
import { type Heading, headingLines } from "./heading.ts";
import { itemTooltip } from "./item_tooltip.ts";
import { legend, type LegendItem } from "./legend.ts";
import { type Look, TEXT } from "./look.ts";
import { mapAxes } from "./map_axes.ts";
import type { Option } from "./option.ts";
import { rangeOf } from "./pane.ts";
import type { Cell, ParameterCells, Place } from "./parameter_cells.ts";
import { tooSmall } from "./picture_options.ts";
import { scaleBar } from "./scale_bar.ts";
import type { SearchNumber } from "./search_number.ts";
import { textWidth } from "./text_width.ts";
import { words } from "./words.ts";

/** A map of parameters as it is drawn. */
export interface ParameterMap extends ParameterCells {
  /** `undefined` where it is not drawn. */
  heading: Heading | undefined;
  /** The parameters on the axes. */
  names: { x: string; y: string };
  number: SearchNumber;
  /** By what the best set is the best. */
  rank: string;
  size: { width: number; height: number };
  look: Look;
}

const LEFT = 84, RIGHT = 92, HEADER = 30, FOOT = 48, LEAST_CELL = 5, LEAST_HEIGHT = 60;
/** Cells that are larger than this have a gap between them, and a number in them if it fits. */
const GAP_FROM = 8, BESIDE_NUMBER = 8, NUMBER_HEIGHT = 17;

/** How many cells there is room for. */
export function mostCells(
  heading: Heading | undefined,
  { size, look }: Pick<ParameterMap, "size" | "look">,
): { x: number; y: number } {
  const { width, height } = roomOf(heading, { size, look });
  const most = (pixels: number) => Math.max(2, Math.floor(pixels / LEAST_CELL));
  return { x: most(width), y: most(height) };
}

/** Refuses a height in which the cells would be too flat to be read. */
export function checkMap({ heading, size, look }: ParameterMap): void {
  const { height } = roomOf(heading, { size, look });
  if (height < LEAST_HEIGHT) {
    throw tooSmall("height", size.height, size.height + LEAST_HEIGHT - height);
  }
}

/** Cells in their colours, the best one and its neighbours framed, and a bar that says what colours mean. */
export function mapOption(map: ParameterMap): Option {
  const { heading, cells, number, size, look, names, rank } = map;
  const { elements } = headingLines(heading, size.width, look), grid = gridOf(map);
  const values = cells.map(({ value }) => number.factor * value);
  const scale = colourScale(rangeOf(values), look),
    bold = { colour: look.text, size: TEXT.small, bold: true };
  const top = grid.top - 16, items = itemsOf(map, rank);
  return {
    ...ground(look),
    graphic: [
      ...elements,
      words(names.y, grid.left, top, bold),
      ...legend(items, grid.left + textWidth(names.y, TEXT.small, bold) + 20, top, look),
      words(names.x, grid.left + grid.width / 2, grid.top + grid.height + 34, {
        ...bold,
        align: "center",
      }),
      ...mapAxes(map, grid, look),
      ...scaleBar(
        scale,
        number,
        { ...grid, left: grid.left + grid.width + 16, right: size.width },
        look,
      ),
      ...frames(map, grid),
      ...numbersIn(map, grid, scale),
    ],
    grid: { ...grid, outerBoundsMode: "none" },
    xAxis: { type: "value", show: false, min: 0, max: map.x.count },
    yAxis: { type: "value", show: false, min: 0, max: map.y.count },
    series: [series(map, grid, scale)],
    tooltip: itemTooltip(look),
  };
}

function roomOf(heading: Heading | undefined, { size, look }: Pick<ParameterMap, "size" | "look">) {
  const { height: above } = headingLines(heading, size.width, look), top = above + HEADER;
  return { top, width: size.width - LEFT - RIGHT, height: size.height - top - FOOT };
}

/** Cells of whole pixels, of a PNG that has two for each, leave no seams between them. */
function gridOf({ heading, size, look, x, y }: ParameterMap): CellGrid {
  const { top, width, height } = roomOf(heading, { size, look });
  const whole = (pixels: number) => Math.floor(2 * pixels) / 2;
  const cell = { width: whole(width / x.count), height: whole(height / y.count) };
  return { left: LEFT, top, width: cell.width * x.count, height: cell.height * y.count, cell };
}

function itemsOf({ best, beside, cells, look }: ParameterMap, rank: string): LegendItem[] {
  const unknown = cells.some(({ value }) => Number.isNaN(value));
  return [
    { label: `the best set by ${rank}`, colour: look.text, sign: "frame" },
    ...(elsewhere({ best, beside }).length > 0
      ? [{ label: "a step beside it", colour: look.text, sign: "dashedFrame" as const }]
      : []),
    ...(unknown ? [{ label: "unknown", colour: look.hold, sign: "bar" as const }] : []),
  ];
}

function series(map: ParameterMap, { cell }: CellGrid, scale: ColourScale): Option {
  const gap = Math.min(cell.width, cell.height) > GAP_FROM ? 1 : 0;
  return {
    type: "scatter",
    name: "Cells",
    symbol: "rect",
    symbolSize: [cell.width - gap, cell.height - gap],
    emphasis: { disabled: true },
    itemStyle: { opacity: 1 },
    data: map.cells.map((one) => ({
      value: [one.x + 0.5, one.y + 0.5],
      itemStyle: { color: fillOf(one, map, scale) },
      lines: linesOf(one, map),
    })),
  };
}

function fillOf({ value }: Cell, { number, look }: ParameterMap, scale: ColourScale): string {
  return Number.isNaN(value) ? look.hold : scale.colour(number.factor * value);
}

/** Those beside the best set that are not in its cell: they differ in a parameter of an axis. */
function elsewhere({ best, beside }: Pick<ParameterMap, "best" | "beside">): Place[] {
  return beside.filter(({ x, y }) => x !== best.x || y !== best.y);
}

/** What a reader is told of a cell. */
function linesOf({ x, y, value, sets }: Cell, map: ParameterMap): string[] {
  const { names, number } = map;
  return [
    `${names.x} ${map.x.text(x)}, ${names.y} ${map.y.text(y)}`,
    `${number.label} ${number.write(value)}${sets > 1 ? ` of ${sets} sets` : ""}`,
  ];
}

/** Around the best cell and those beside it; on a line of the background, so that they stand out of any colour. */
function frames({ best, beside, look }: ParameterMap, grid: CellGrid): Option[] {
  const frame = (
    place: Place,
    around: number,
    stroke: string,
    lineWidth: number,
    dashed = false,
  ) => {
    const { x, y, width, height } = boxOf(place, grid), more = 2 * around;
    const shape = { x: x - around, y: y - around, width: width + more, height: height + more };
    const style = { fill: "none", stroke, lineWidth, lineDash: dashed ? [3, 2] : null };
    return { type: "rect", silent: true, z: 20, shape, style };
  };
  return [
    ...elsewhere({ best, beside }).flatMap((place) => [
      frame(place, 0, look.background, 3),
      frame(place, 0, look.text, 1.2, true),
    ]),
    frame(best, 1, look.background, 5),
    frame(best, 1, look.text, 2.4),
  ];
}

function numbersIn(map: ParameterMap, grid: CellGrid, scale: ColourScale): Option[] {
  const { cells, number, look } = map, known = cells.filter(({ value }) => !Number.isNaN(value));
  const widest = Math.max(
    0,
    ...known.map(({ value }) => textWidth(number.write(value), TEXT.small)),
  );
  if (widest + BESIDE_NUMBER > grid.cell.width || grid.cell.height < NUMBER_HEIGHT) return [];
  return known.map((one) => {
    const { x, y, width, height } = boxOf(one, grid);
    const colour = readableOn(fillOf(one, map, scale), [look.text, look.background]);
    const style = { colour, size: TEXT.small, align: "center" } as const;
    return { ...words(number.write(one.value), x + width / 2, y + height / 2, style), z: 21 };
  });
}
