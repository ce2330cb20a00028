import { checkOptions } from "../market/check_options.ts";
import { InputError } from "../market/errors.ts";
import { shownNumbers } from "../research/sweep/numbers.ts";
import type { SweepResult } from "../research/sweep/sweep_result.ts";
import { needSearch } from "./drawable.ts";
import type { Heading } from "./heading.ts";
import { checkParallel, type Dimension, type Parallel, parallelOption } from "./parallel_option.ts";
import { Picture } from "./picture.ts";
import { PICTURE_OPTIONS, type PictureOptions, settle } from "./picture_options.ts";
import { searchNumber } from "./search_number.ts";
import { searchAbout, searchCaption, searchedNames, setText } from "./searched.ts";
import { written } from "./captions.ts";

/** Of more sets than these, so many are drawn, evenly over the ranks. */
const MOST_LINES = 400;

/**
 * All that sets of a search are and did, a line a set through an axis for each parameter and each number: the
 * better its rank, the stronger its colour, the best one in a colour of its own. Where strong lines meet on
 * an axis, that value matters. On a page, parts of axes can be chosen. Throws an `InputError` where
 * nothing differs from set to set, and for options that cannot be.
 *
 * ```ts
 * import { Candles } from "../market/candles.ts";
 * import { sweep } from "../search/sweep.ts";
 * import { whole } from "../strategy/parameters.ts";
 * import { strategy } from "../strategy/strategy.ts";
 *
 * const riser = strategy("riser", { least: whole(1), most: whole(3) }, {
 *   build: ({ least, most }, { close, open }) => ({
 *     enterLong: close.minus(open).above(least),
 *     exitLong: open.minus(close).above(most),
 *   }),
 * });
 * const row = { open: 100, high: 110, low: 90, volume: 1, trades: 1, kind: "traded" as const };
 * const candles = Candles.fromRows("1d", Array.from({ length: 99 }, (_, n) => {
 *   return { ...row, close: 100 + n % 7 - n % 5, time: (n + 1) * 86_400_000 };
 * }));
 * const picture = parallelCoordinates(await sweep(riser, candles, { least: "1..4", most: "1..4" }));
 * String(picture); // its title, span and the best set; .png(), .svg() and .html() draw it
 * ```
 */
export function parallelCoordinates(found: SweepResult, options: PictureOptions = {}): Picture {
  needSearch(found, "parallelCoordinates(found)");
  checkOptions(options, PICTURE_OPTIONS, "parallelCoordinates");
  const settled = settle(options, { width: 1000, height: 460 }), names = searchedNames(found);
  if (names.length === 0) {
    throw new InputError("Cannot draw parallel coordinates: no parameter differs from set to set");
  }
  const { write, label } = searchNumber(found.rank), best = found.order[0], sets = drawnSets(found);
  const heading: Heading = {
    title: options.title ?? `Parameters and results of ${searchCaption(found, settled.symbol)}`,
    about: [
      ...searchAbout(found),
      ...(sets.length < found.length
        ? [`${written(sets.length)} drawn, spread evenly over the ranks`]
        : []),
    ],
    numbers: [
      `Best ${setText(found, best, names)}: ${label} ${write(found.row(best)[found.rank])}`,
    ],
  };
  const drawn: Parallel = {
    heading: settled.headed ? heading : undefined,
    dimensions: dimensionsOf(found, names),
    rows: sets.map((set) => ({ set, told: setText(found, set, names) })),
    rank: label,
    ...settled,
  };
  checkParallel(drawn);
  return new Picture({ heading, size: settled.size, option: () => parallelOption(drawn) });
}

/** The sets that are drawn, best first. */
function drawnSets({ order }: SweepResult): number[] {
  const count = Math.min(MOST_LINES, order.length), last = order.length - 1;
  return Array.from(
    { length: count },
    (_, i) => order[Math.round(i / (count - 1) * last)],
  );
}

/** Parameters first; the number that sets are ranked by is the last. */
function dimensionsOf(found: SweepResult, names: readonly string[]): Dimension[] {
  const { sets, rank, objectives } = found;
  const numbers = [...shownNumbers(objectives).filter((name) => name !== rank), rank].map(
    (name): Dimension => {
      const { title, factor, format, write } = searchNumber(name), values = found.column(name);
      return {
        title,
        isParameter: false,
        of: (set) => factor * values[set],
        values: [...values].map((value) => factor * value),
        format,
        write: (value) => write(Number(value) / factor),
      };
    },
  );
  const parameters = names.map((name): Dimension => ({
    title: name,
    isParameter: true,
    of: (set) => sets.at(set)[name],
    values: [...new Set(Array.from({ length: sets.length }, (_, set) => sets.at(set)[name]))],
    write: String,
  }));
  return [...parameters, ...numbers];
}
