import { openTime } from "../market/timeframe.ts";
import type { Result } from "../research/result.ts";
import { marketCaption, spanCaption, strategyCaption } from "./captions.ts";
import { type Compared, comparedResults, type CompareOptions } from "./compared.ts";
import { comparisonTable } from "./comparison_table.ts";
import { needResults } from "./drawable.ts";
import type { Heading } from "./heading.ts";
import { pointSeries } from "./line_series.ts";
import { positive } from "./log_scale.ts";
import { type Pane, rangeOf } from "./pane.ts";
import type { Picture } from "./picture.ts";
import { settle } from "./picture_options.ts";
import type { Reading } from "./reading.ts";
import { sharedCaption } from "./result_names.ts";
import { percentText, withDecimals } from "./number_text.ts";
import { tableBlock } from "./table_block.ts";
import { thinLine } from "./thin_line.ts";
import { type Thinning, timePicture } from "./time_picture.ts";
import { multiples, padded, paddedLog, percents } from "./value_axis.ts";

/** Of the default size, without the table's lines. */
const WIDTH = 1000, HEIGHT = 560;

/**
 * Several results beside each other: a table of their key numbers, the growth of their equity since
 * each one's start, and their drawdowns. Throws an `InputError` for options that cannot be, and for
 * more results than can be told apart.
 */
export function compare(results: readonly Result[], options: CompareOptions = {}): Picture {
  needResults(results, "compare([one, other])");
  const { look, size, quote } = settle(options, { width: WIDTH, height: HEIGHT });
  const compared = comparedResults(results, options, look),
    table = comparisonTable(compared, { ...options, quote });
  const block = tableBlock(table, size.width, look);
  return timePicture({
    heading: { ...headingOf(results, options), table },
    settled: settle(options, { width: WIDTH, height: HEIGHT + block.height }),
    ...spanOf(results),
    times: results.map(({ candles }) => candles.time),
    block,
    panes: (thinning) => [growthPane(compared, thinning, options), fallPane(compared, thinning)],
  });
}

function headingOf(results: readonly Result[], { symbol = "", title }: CompareOptions): Heading {
  const markets = new Set(results.map((result) => marketCaption(symbol, result)));
  const what = results.length === 1 ? strategyCaption(results[0]) : sharedCaption(results);
  return {
    title: title ?? `${what} on ${[...markets].join(", ")}`,
    about: [spanCaption(spanOf(results))],
    numbers: [],
  };
}

function spanOf(results: readonly Result[]): { from: number; to: number } {
  const ends = results.map(({ candles: { time } }) => time[time.length - 1]);
  const starts = results.map(({ candles }) => openTime(candles.time[0], candles.timeframe));
  return { from: Math.min(...starts), to: Math.max(...ends) };
}

function growthPane(
  compared: readonly Compared[],
  thinning: Thinning,
  { scale }: CompareOptions,
): Pane {
  if (scale !== "log") {
    const columns = compared.map(({ growth }) => growth);
    const range = padded(rangeOf(...columns, [0]), 0.06), title = "Growth of equity, %";
    return { ...linesPane(compared, columns, thinning, percentText), title, weight: 9, range };
  }
  // Nothing and less has no place on this scale, and so growth is told as a multiple.
  const columns = compared.map(({ growth }) => positive(growth.map((it) => 1 + it / 100)));
  return {
    ...linesPane(compared, columns, thinning, withDecimals(3, "×")),
    title: "Equity as a multiple of the balance at the start (log)",
    weight: 9,
    range: paddedLog(rangeOf(...columns, [1]), 0.06),
    format: multiples,
    log: true,
  };
}

function fallPane(compared: readonly Compared[], thinning: Thinning): Pane {
  const columns = compared.map(({ drawdown }) => drawdown);
  const range = padded(rangeOf(...columns, [0]), 0.1, 0);
  const lines = linesPane(compared, columns, thinning, percentText);
  return { ...lines, title: "Drawdown, %", weight: 3.9, range, fromZero: true };
}

function linesPane(
  compared: readonly Compared[],
  columns: readonly Float64Array[],
  thinning: Thinning,
  write: Reading["write"],
): Omit<Pane, "title" | "weight" | "range"> {
  return {
    series: compared.map(({ time, name, colour, result }, i) => {
      const points = thinLine(time, columns[i], thinning);
      return pointSeries(points, { name, colour, width: result ? 1.6 : 1.2 });
    }),
    legend: [],
    format: percents,
    readings: compared.map(({ name, colour, time }, i) => {
      return { name, colour, time, values: columns[i], write };
    }),
  };
}
