import type { PortfolioResult } from "../research/portfolio_result.ts";
import type { LegendItem } from "./legend.ts";
import { pointSeries } from "./line_series.ts";
import type { Look } from "./look.ts";
import { percentText, withDecimals } from "./number_text.ts";
import type { Option } from "./option.ts";
import { type Pane, rangeOf } from "./pane.ts";
import type { PortfolioLine } from "./portfolio_lines.ts";
import { titled } from "./shown.ts";
import { type Point, thinLine } from "./thin_line.ts";
import type { Thinning } from "./time_picture.ts";
import { padded, percents, plainNumbers } from "./value_axis.ts";

/** How panes of a portfolio are drawn. */
export interface PortfolioPanes {
  result: PortfolioResult;
  lines: readonly PortfolioLine[];
  thinning: Thinning;
  look: Look;
  quote: string;
}

/** A column as a line. */
interface Line {
  name: string;
  colour: string;
  values: Float64Array;
  width?: number;
}

/** The share of equity that each position takes, upon each other; what is left to 100 % is free. */
export function sharesPane({ result, lines, thinning, look }: PortfolioPanes): Pane {
  const time = result.equity.column("time"), bins = binsOf(time, thinning);
  const free = time.map((_, row) => 100 - lines.reduce((sum, { share }) => sum + share[row], 0));
  const stacked = lines.map(({ name, colour, share }) =>
    area(name, colour, means(time, share, bins))
  );
  const total = time.map((_, row) => 100 - free[row]);
  return {
    title: "Share of equity in each position, %",
    weight: 3.4,
    series: stacked,
    legend: signs(lines, "bar"),
    ...(bins < time.length && { note: "means of neighbouring times" }),
    range: { low: 0, high: Math.max(100, rangeOf(total).high) * 1.04 },
    format: percents,
    fromZero: true,
    readings: [
      ...lines.map(({ name, colour, share }) => ({
        name,
        colour,
        time,
        values: share,
        write: percentText,
      })),
      { name: "free", colour: look.hold, time, values: free, write: percentText },
    ],
  };
}

/** What each instrument has earned. */
export function earnedPane({ result, lines, thinning, quote }: PortfolioPanes): Pane {
  const each = lines.map(({ name, colour, profit }) => ({ name, colour, values: profit }));
  return {
    ...drawn(result, each, thinning, withDecimals(2)),
    title: titled("Earned by each instrument", quote),
    weight: 3.8,
    legend: signs(each, "line"),
    range: padded(rangeOf(...each.map(({ values }) => values), [0]), 0.08),
    format: plainNumbers,
  };
}

function drawn(
  result: PortfolioResult,
  lines: readonly Line[],
  thinning: Thinning,
  write: (value: number) => string,
): Pick<Pane, "series" | "readings"> {
  const time = result.equity.column("time");
  return {
    series: lines.map(({ values, ...style }) =>
      pointSeries(thinLine(time, values, thinning), style)
    ),
    readings: lines.toReversed().map(({ name, colour, values }) => {
      return { name, colour, time, values, write };
    }),
  };
}

function signs(
  lines: readonly { name: string; colour: string }[],
  sign: LegendItem["sign"],
): LegendItem[] {
  return lines.map(({ name, colour }) => ({ label: name, colour, sign }));
}

function area(name: string, colour: string, points: readonly Point[]): Option {
  return {
    ...pointSeries(points, { name, colour }),
    step: "end",
    lineStyle: { width: 0, opacity: 0 },
    stack: "shares",
    stackStrategy: "all",
    areaStyle: { color: colour, opacity: 0.85 },
  };
}

/** A time more than this many pixels wide is drawn as it is. */
const LEAST_PIXELS = 1.5;

function binsOf(time: Float64Array, { columns }: Thinning): number {
  return Math.min(time.length, Math.floor(columns / LEAST_PIXELS));
}

/** The mean of each of so many runs of neighbouring rows, at the time of the last of them. */
function means(time: Float64Array, values: Float64Array, bins: number): Point[] {
  return Array.from({ length: bins }, (_, bin): Point => {
    const from = Math.floor(bin * time.length / bins);
    const to = Math.floor((bin + 1) * time.length / bins);
    let sum = 0;
    for (let row = from; row < to; row++) sum += values[row];
    return [time[to - 1], sum / (to - from)];
  });
}
