import { checkOptions } from "../market/check_options.ts";
import { intervalEnd, intervalStart, isBoundary } from "../market/timeframe.ts";
import { monthlyReturns as monthsOf, type MonthReturn } from "../metrics/monthly_returns.ts";
import { spanCaption } from "./captions.ts";
import { needRun } from "./drawable.ts";
import { type AnyResult, runCaption } from "./run_caption.ts";
import type { Heading } from "./heading.ts";
import { keyNumbers } from "./key_numbers.ts";
import { checkMonthMap, monthMap } from "./month_map.ts";
import { Picture } from "./picture.ts";
import { PICTURE_OPTIONS, type PictureOptions, settle } from "./picture_options.ts";
import { wholeSpan } from "./shown_rows.ts";

/** Of the default size: a picture without years, and the height of one. */
const FRAME = 150, ROW = 36;

/**
 * The returns of every month and year (UTC) as a map of colours. The first and the last month count
 * as far as candles reach. Throws an `InputError` for options that cannot be.
 */
export function monthlyReturns(result: AnyResult, options: PictureOptions = {}): Picture {
  needRun(result, "monthlyReturns(result)");
  checkOptions(options, PICTURE_OPTIONS, "monthlyReturns");
  const months = returnsByMonth(result), { rows } = result.performance;
  const years = new Set(months.map(({ year }) => year)).size;
  const settled = settle(options, { width: 1000, height: FRAME + ROW * Math.max(2, years) });
  const covered = wholeSpan(rows);
  const heading: Heading = {
    title: options.title ?? `Monthly returns of ${runCaption(result, settled.symbol)}`,
    about: [spanCaption(covered), ...partsCaption(covered)],
    numbers: keyNumbers(result.summary()),
  };
  const above = settled.headed ? heading : undefined;
  checkMonthMap(above, months, settled);
  return new Picture({
    heading,
    size: settled.size,
    option: () => monthMap(above, months, settled),
  });
}

/** Which of the months are not there as a whole. */
function partsCaption({ from, to }: { from: number; to: number }): string[] {
  const first = !isBoundary(from, "1M"), last = !isBoundary(to, "1M");
  if (!first && !last) return [];
  if (intervalEnd(intervalStart(from, "1M"), "1M") >= to) return ["the month in part"];
  return [`the ${first && last ? "first and last" : first ? "first" : "last"} month in part`];
}

/** The returns of the calendar months that a result touches, from the first on. */
export function returnsByMonth({ performance }: AnyResult): MonthReturn[] {
  return monthsOf(performance);
}
