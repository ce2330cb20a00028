import { openTime } from "../market/timeframe.ts";
import type { Result } from "../research/result.ts";
import { marketCaption, spanCaption } from "./captions.ts";
import { type Compared, comparedResults, type CompareOptions } from "./compared.ts";
import { comparisonTable } from "./comparison_table.ts";
import type { Heading } from "./heading.ts";
import { pointSeries } from "./line_series.ts";
import { type Pane, rangeOf } from "./pane.ts";
import { Picture } from "./picture.ts";
import { settle } from "./picture_options.ts";
import { plotWidth, stackOption } from "./stack.ts";
import { tableBlock } from "./table_block.ts";
import { type Point, thinLine } from "./thin_line.ts";
import { padded, percents } from "./value_axis.ts";

/** Of the default size, without the table's lines. */
const WIDTH = 1000, HEIGHT = 560, INTERACTIVE_COLUMNS = 5_000;

/**
 * Several results beside each other: a table of their key numbers, the growth of their equity since
 * each one's start, and their drawdowns. Throws an `InputError` for options that cannot be, and for
 * more results than can be told apart.
 */
export function compare(results: readonly Result[], options: CompareOptions = {}): Picture {
  const { look } = settle(options, { width: WIDTH, height: HEIGHT });
  const compared = comparedResults(results, options, look), table = comparisonTable(compared);
  const block = tableBlock(table, WIDTH, look);
  const settled = settle(options, { width: WIDTH, height: HEIGHT + block.height });
  const axis = spanOf(results),
    markets = results.map(({ candles }) => marketCaption(settled.symbol, candles));
  const heading: Heading = {
    title: options.title ?? `${results.length} results on ${[...new Set(markets)].join(", ")}`,
    about: [spanCaption(axis)],
    numbers: [],
  };
  const still = plotWidth(settled.size);
  const option = (interactive: boolean) => {
    const thinning = { ...axis, columns: interactive ? INTERACTIVE_COLUMNS : still };
    const panes = [growthPane(compared, thinning), fallPane(compared, thinning)];
    return stackOption({ ...settled, ...axis, heading, block, panes, interactive });
  };
  return new Picture({ heading: { ...heading, table }, size: settled.size, option });
}

function spanOf(results: readonly Result[]): { from: number; to: number } {
  const ends = results.map(({ candles: { time } }) => time[time.length - 1]);
  const starts = results.map(({ candles }) => openTime(candles.time[0], candles.timeframe));
  return { from: Math.min(...starts), to: Math.max(...ends) };
}

type Thinning = Parameters<typeof thinLine>[2];

function growthPane(compared: readonly Compared[], thinning: Thinning): Pane {
  return { ...linesPane(compared, "growth", thinning), title: "Growth of equity, %", weight: 3 };
}

function fallPane(compared: readonly Compared[], thinning: Thinning): Pane {
  return { ...linesPane(compared, "drawdown", thinning), title: "Drawdown, %", weight: 1.3 };
}

function linesPane(
  compared: readonly Compared[],
  column: "growth" | "drawdown",
  thinning: Thinning,
): Omit<Pane, "title" | "weight"> {
  const values = compared.map((each) => each[column]);
  const series = compared.map(({ time, name, colour, result }, i) => {
    const points: Point[] = thinLine(time, values[i], thinning);
    return pointSeries(points, { name, colour, width: result ? 1.6 : 1.2 });
  });
  const range = rangeOf(...values, [0]);
  return {
    series,
    legend: [],
    range: column === "growth" ? padded(range, 0.06) : padded(range, 0.1, 0),
    format: percents,
  };
}
