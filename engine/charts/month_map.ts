import { compounded } from "../metrics/compounded.ts";
import type { MonthReturn } from "../metrics/monthly_returns.ts";
import { mixed, readableOn } from "./colour.ts";
import { ground } from "./ground.ts";
import { type Heading, headingLines } from "./heading.ts";
import { type Look, TEXT } from "./look.ts";
import type { Option } from "./option.ts";
import { tooSmall } from "./picture_options.ts";
import { textWidth } from "./text_width.ts";
import { words } from "./words.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const LEFT = 76, RIGHT = 28, BOTTOM = 24, HEADER = 28, GAP = 3, BEFORE_YEARS = 12;
/** What a cell needs at least: room beside its text, and its height. */
const BESIDE = 5, LEAST_HEIGHT = 20;

/** Refuses a size in which the numbers would not fit into their cells. */
export function checkMonthMap(
  heading: Heading | undefined,
  months: readonly MonthReturn[],
  { size, look }: { size: { width: number; height: number }; look: Look },
): void {
  const years = [...Map.groupBy(months, ({ year }) => year).values()];
  const values = [...months.map((month) => month.return), ...years.map(yearOf)];
  const widest = Math.max(...values.map((value) => textWidth(percent(value), TEXT.small)));
  const columns = (MONTHS.length + 1) * (widest + BESIDE + GAP);
  const width = LEFT + RIGHT + BEFORE_YEARS + columns;
  if (size.width < width) throw tooSmall("width", size.width, width);
  const top = headingLines(heading, size.width, look).height + HEADER;
  const height = top + BOTTOM + LEAST_HEIGHT * years.length;
  if (size.height < height) throw tooSmall("height", size.height, height);
}

/** A row of cells for each year, and the year's own return at its end. */
export function monthMap(
  heading: Heading | undefined,
  months: readonly MonthReturn[],
  { size, look }: { size: { width: number; height: number }; look: Look },
): Option {
  const { elements, height: top } = headingLines(heading, size.width, look);
  const years = [...Map.groupBy(months, ({ year }) => year)];
  const width = (size.width - LEFT - RIGHT - BEFORE_YEARS) / (MONTHS.length + 1);
  const height = (size.height - top - HEADER - BOTTOM) / years.length;
  const x = (month: number) => LEFT + month * width + (month === MONTHS.length ? BEFORE_YEARS : 0);
  const small = { colour: look.muted, size: TEXT.small, align: "center" } as const;
  const strongest = largest(months.map((month) => month.return));
  const strongestYear = largest(years.map(([, months]) => yearOf(months)));
  const cell = (month: number, y: number, value: number, most: number) =>
    returnCell({ x: x(month), y, width: width - GAP, height: height - GAP }, value, most, look);
  return {
    ...ground(look),
    graphic: [
      ...elements,
      ...[...MONTHS, "Year"].map((name, i) =>
        words(name, x(i) + (width - GAP) / 2, top + HEADER / 2, small)
      ),
      ...years.flatMap(([year, months], row) => {
        const y = top + HEADER + row * height;
        return [
          words(`${year}`, LEFT - 12, y + (height - GAP) / 2, {
            colour: look.text,
            bold: true,
            align: "right",
          }),
          ...months.flatMap((each) => cell(each.month, y, each.return, strongest)),
          ...cell(MONTHS.length, y, yearOf(months), strongestYear),
        ];
      }),
    ],
  };
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A cell in the colour of winning or losing, the stronger the larger the return. */
function returnCell(box: Box, value: number, most: number, look: Look): Option[] {
  const strength = 0.08 + 0.8 * Math.min(1, Math.abs(value) / most);
  const colour = value === 0 ? look.hold : value > 0 ? look.profit : look.loss;
  const fill = mixed(look.background, colour, strength);
  return [
    { type: "rect", silent: true, shape: { ...box, r: 3 }, style: { fill } },
    words(percent(value), box.x + box.width / 2, box.y + box.height / 2, {
      colour: readableOn(fill, [look.text, look.background]),
      size: TEXT.small,
      align: "center",
    }),
  ];
}

/** To a tenth of a percent: there are many beside each other. */
function percent(fraction: number): string {
  return `${fraction > 0 ? "+" : ""}${(100 * fraction).toFixed(1).replace(/^-(0\.0)$/, "$1")}%`;
}

/** The size that takes the full colour: beyond it lie only a few, which would make the rest pale. */
function largest(values: readonly number[]): number {
  const sizes = values.map(Math.abs).sort((a, b) => a - b);
  return sizes[Math.floor(0.9 * (sizes.length - 1))] || 1;
}

/** The return of the year that these months are of. */
function yearOf(months: readonly MonthReturn[]): number {
  return compounded(months.map((month) => month.return));
}
