import { checkOptions } from "../market/check_options.ts";
import { InputError } from "../market/errors.ts";
import { formatNumber } from "../metrics/format_number.ts";
import { mean } from "../metrics/mean.ts";
import { periodEquity } from "../metrics/period_equity.ts";
import { periodReturns } from "../metrics/period_returns.ts";
import { spanCaption, written } from "./captions.ts";
import { needRun } from "./drawable.ts";
import { type AnyResult, runCaption } from "./run_caption.ts";
import type { Heading } from "./heading.ts";
import { histogramBins } from "./histogram_bins.ts";
import { checkHistogram, histogramOption } from "./histogram_option.ts";
import { signed } from "./key_numbers.ts";
import { Picture } from "./picture.ts";
import { PICTURE_OPTIONS, type PictureOptions, settle } from "./picture_options.ts";
import { wholeSpan } from "./shown_rows.ts";

/** Whose returns are counted: of closed trades, net of fees, or of UTC days. */
const RETURNS_OF = ["trades", "days"] as const;

/** What a histogram may be told. */
export interface HistogramOptions extends PictureOptions {
  /** By default trades. */
  of?: typeof RETURNS_OF[number];
}

/**
 * How often a result's trades, or its days, returned how much. Throws an `InputError` where there are
 * none, or for options that cannot be.
 */
export function returnsHistogram(result: AnyResult, options: HistogramOptions = {}): Picture {
  needRun(result, "returnsHistogram(result)");
  checkOptions(options, [...PICTURE_OPTIONS, "of"], "returnsHistogram");
  const { of = "trades" } = options, settled = settle(options, { width: 1000, height: 420 });
  if (!RETURNS_OF.includes(of)) {
    throw new InputError(`Cannot draw: of must be ${RETURNS_OF.join(" or ")}, not "${of}"`);
  }
  const fractions = of === "trades" ? tradeReturns(result) : dayReturns(result);
  if (fractions.length === 0) throw new InputError("Cannot draw a histogram: no trade was closed");
  const { rows } = result.performance;
  const heading: Heading = {
    title: options.title ??
      `${of === "trades" ? "Trade" : "Daily"} returns of ${runCaption(result, settled.symbol)}`,
    about: [spanCaption(wholeSpan(rows))],
    numbers: numbersOf(fractions, of),
  };
  const bins = histogramBins(fractions.map((fraction) => 100 * fraction));
  const unit = of === "trades" ? "a trade" : "a day";
  const drawn = {
    heading: settled.headed ? heading : undefined,
    bins,
    mean: 100 * mean(fractions),
    of,
    unit,
    ...settled,
  };
  checkHistogram(drawn);
  return new Picture({ heading, size: settled.size, option: () => histogramOption(drawn) });
}

function tradeReturns({ trades }: AnyResult): number[] {
  return trades.rows.map((trade) => trade.return);
}

function dayReturns({ performance }: AnyResult): number[] {
  return [...periodReturns(performance.initialBalance, periodEquity(performance, "1d"))];
}

function numbersOf(fractions: readonly number[], of: string): string[] {
  const sorted = fractions.toSorted((a, b) => a - b), { length } = sorted;
  const median = (sorted[(length - 1) >> 1] + sorted[length >> 1]) / 2;
  const won = sorted.filter((fraction) => fraction > 0).length / length;
  return [
    `${written(length)} ${of}`,
    `${formatNumber(won, "fraction")} won`,
    `mean ${signed(mean(fractions))}`,
    `median ${signed(median)}`,
    `best ${signed(sorted[length - 1])}`,
    `worst ${signed(sorted[0])}`,
  ];
}
