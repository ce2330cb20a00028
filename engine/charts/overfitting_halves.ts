import { checkOptions } from "../market/check_options.ts";
import { InputError } from "../market/errors.ts";
import { formatNumber } from "../metrics/format_number.ts";
import { riskFreePerPeriod } from "../metrics/settings.ts";
import { quantile } from "../metrics/quantile.ts";
import {
  backtestOverfitting,
  type Overfitting,
} from "../research/overfitting/backtest_overfitting.ts";
import { judgedBy, searchReturns } from "../research/overfitting/search_returns.ts";
import type { SweepResult } from "../research/sweep/sweep_result.ts";
import { written } from "./captions.ts";
import { needSearch } from "./drawable.ts";
import type { Halves } from "./halves.ts";
import type { Heading } from "./heading.ts";
import { overfittingOption } from "./overfitting_option.ts";
import { Picture } from "./picture.ts";
import { PICTURE_OPTIONS, type PictureOptions, settle } from "./picture_options.ts";
import { searchAbout, searchCaption } from "./searched.ts";
import { trendOf } from "./trend.ts";
import { checkTwo } from "./two_boxes.ts";

/**
 * Whether what is best in one half of the days is any good in the other: for every way of halving them, on the left the
 * logit of the rank that the best of one half has in the other (below 0 is below the middle; how many are, and half of those in it, is the
 * probability of backtest overfitting, PBO), on the right its Sharpe ratio in both. Of a search that found something,
 * nearly all lie above 0. The trend falls in any case where one set is the best in most halves, for both share one total. Throws an `InputError` for a search of one set or over fewer than eight days, and for
 * options that cannot be.
 *
 * Source: D. H. Bailey, J. Borwein, M. López de Prado and Q. J. Zhu, "The Probability of Backtest Overfitting",
 * Journal of Computational Finance 20(4), 2017, figures 1 to 4.
 *
 * ```ts
 * import { Candles } from "../market/candles.ts";
 * import { sweep } from "../search/sweep.ts";
 * import { whole } from "../strategy/parameters.ts";
 * import { strategy } from "../strategy/strategy.ts";
 *
 * const riser = strategy("riser", { least: whole(1) }, {
 *   build: ({ least }, { close, open }) => ({
 *     enterLong: close.minus(open).above(least),
 *     exitLong: close.below(open),
 *   }),
 * });
 * const row = { open: 100, high: 110, low: 90, volume: 1, trades: 1, kind: "traded" as const };
 * const candles = Candles.fromRows("1d", Array.from({ length: 99 }, (_, n) => {
 *   return { ...row, close: 100 + n % 7 - n % 5, time: (n + 1) * 86_400_000 };
 * }));
 * const picture = overfittingHalves(await sweep(riser, candles, { least: "1..4" }));
 * String(picture); // its title, span, and how probable; .png(), .svg() and .html() draw it
 * ```
 */
export function overfittingHalves(found: SweepResult, options: PictureOptions = {}): Picture {
  needSearch(found, "overfittingHalves(found)");
  checkOptions(options, PICTURE_OPTIONS, "overfittingHalves");
  const settled = settle(options, { width: 1000, height: 460 });
  if (found.length < 2) {
    throw new InputError("Cannot draw overfitting: it takes a search of two sets or more");
  }
  const matrix = searchReturns(found), settings = judgedBy(found);
  const halved = backtestOverfitting(matrix, { riskFree: riskFreePerPeriod(settings) });
  const yearly = Math.sqrt(settings.periodsPerYear), scaled = (ratio: number) => yearly * ratio;
  const halves: Halves = {
    logits: halved.logits,
    inSample: halved.inSample.map(scaled),
    outOfSample: halved.outOfSample.map(scaled),
  };
  const { length } = matrix.columns, compared = length < found.length;
  const heading: Heading = {
    title: options.title ?? `Overfitting of the search of ${searchCaption(found, settled.symbol)}`,
    about: [
      ...searchAbout(found),
      ...(compared ? [`${written(length)} compared`] : []),
      `${written(halved.logits.length)} ways of halving ${written(matrix.periods)} days`,
    ],
    numbers: numbersOf(halved, halves),
  };
  const drawn = { heading: settled.headed ? heading : undefined, ...settled, ...halves };
  checkTwo(drawn);
  return new Picture({ heading, size: settled.size, option: () => overfittingOption(drawn) });
}

function numbersOf(
  { probability }: Overfitting,
  { inSample, outOfSample }: Halves,
): string[] {
  const lost = outOfSample.filter((ratio) => ratio < 0).length / outOfSample.length;
  const ratio = (values: Float64Array) => formatNumber(quantile(values, 0.5), "ratio");
  const { slope } = trendOf(inSample, outOfSample);
  return [
    `Probability of overfitting ${formatNumber(probability, "fraction")}`,
    `Sharpe of the best, median: ${ratio(inSample)} in sample, ${ratio(outOfSample)} out of it`,
    `loss out of sample ${formatNumber(lost, "fraction")}`,
    `slope ${formatNumber(slope, "ratio")}`,
  ];
}
