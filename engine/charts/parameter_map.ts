import { checkOptions } from "../market/check_options.ts";
import { InputError } from "../market/errors.ts";
import { METRICS } from "../metrics/metric_table.ts";
import { neighbourhood } from "../research/overfitting/neighbourhood.ts";
import { SWEEP_NUMBERS, type SweepNumber } from "../research/sweep/numbers.ts";
import type { SweepResult } from "../research/sweep/sweep_result.ts";
import { needSearch } from "./drawable.ts";
import type { Heading } from "./heading.ts";
import { checkMap, mapOption, mostCells, type ParameterMap } from "./map_option.ts";
import { cellsForFew, type Over, OVERS, parameterCells } from "./parameter_cells.ts";
import { Picture } from "./picture.ts";
import { PICTURE_OPTIONS, type PictureOptions, settle } from "./picture_options.ts";
import { searchNumber } from "./search_number.ts";
import { checkSearched, searchAbout, searchCaption, searchedNames, setText } from "./searched.ts";

/** What a map of parameters may be told. */
export interface ParameterMapOptions extends PictureOptions {
  /** The parameters on its axes; by default the first two that were searched. */
  x?: string;
  y?: string;
  /** Which number is shown; by default the one by which the sets are ranked. */
  of?: SweepNumber;
  /** How the sets that differ only in further parameters become one number; by default their median. */
  over?: Over;
}

/**
 * How the sets of a search did, by two of their parameters: a cell for each pair of values (or ranges of them, where
 * there are many), with the best set and those a step beside it marked. A best set that stands alone is
 * luck rather than a find. Throws an `InputError` where fewer than two parameters were searched, and for
 * options that cannot be.
 *
 * ```ts
 * import { Candles } from "../market/candles.ts";
 * import { sweep } from "../search/sweep.ts";
 * import { ema, crossesAbove, crossesBelow } from "../series/mod.ts";
 * import { whole } from "../strategy/parameters.ts";
 * import { strategy } from "../strategy/strategy.ts";
 *
 * const cross = strategy("cross", { fast: whole(3), slow: whole(9) }, {
 *   build: ({ fast, slow }, { close }) => ({
 *     enterLong: crossesAbove(ema(close, fast), ema(close, slow)),
 *     exitLong: crossesBelow(ema(close, fast), ema(close, slow)),
 *   }),
 * });
 * const row = { open: 100, high: 110, low: 90, volume: 1, trades: 1, kind: "traded" as const };
 * const candles = Candles.fromRows("1d", Array.from({ length: 99 }, (_, n) => {
 *   return { ...row, close: 100 + n % 7 - n % 5, time: (n + 1) * 86_400_000 };
 * }));
 * const found = await sweep(cross, candles, { fast: "2..5", slow: "6..12:2" });
 * const picture = parameterMap(found, { of: "totalReturn" });
 * String(picture); // its title, span and the best set; .png(), .svg() and .html() draw it
 * ```
 */
export function parameterMap(found: SweepResult, options: ParameterMapOptions = {}): Picture {
  needSearch(found, "parameterMap(found)");
  checkOptions(options, [...PICTURE_OPTIONS, "x", "y", "of", "over"], "parameterMap");
  const settled = settle(options, { width: 1000, height: 560 }), { of = found.rank } = options;
  const { x, y, others } = axesOf(found, options), over = overOf(options, of);
  const number = searchNumber(of), few = cellsForFew(found, x, y), isSparse = few < Infinity;
  const heading: Heading = {
    title: options.title ??
      `${number.label} of ${searchCaption(found, settled.symbol)} by ${x} and ${y}`,
    about: [
      ...searchAbout(found),
      ...(others.length > 0 ? [`${over} over ${others.join(", ")}`] : []),
    ],
    numbers: numbersOf(found, of, isSparse),
  };
  const above = settled.headed ? heading : undefined;
  const room = mostCells(above, settled);
  const most = { x: Math.min(room.x, few), y: Math.min(room.y, few) };
  const cells = parameterCells(found, { x, y, of, over, most });
  const drawn: ParameterMap = {
    ...cells,
    // Of sets by chance the next one may be far away.
    ...(isSparse && { beside: [] }),
    ...{ heading: above, names: { x, y }, number, rank: METRICS[found.rank].label },
    ...settled,
  };
  checkMap(drawn);
  return new Picture({ heading, size: settled.size, option: () => mapOption(drawn) });
}

function axesOf(found: SweepResult, options: ParameterMapOptions) {
  const names = searchedNames(found);
  if (names.length < 2) {
    throw new InputError(
      `Cannot draw a map of parameters: it takes two that were searched, and here ` +
        (names.length === 0 ? "is none" : `is only ${names[0]}`),
    );
  }
  if (options.x !== undefined) checkSearched(options.x, names, "x");
  if (options.y !== undefined) checkSearched(options.y, names, "y");
  const x = options.x ?? names.find((name) => name !== options.y)!;
  const y = options.y ?? names.find((name) => name !== x)!;
  if (x === y) throw new InputError(`Cannot draw: x and y are both "${x}", but must differ`);
  return { x, y, others: names.filter((name) => name !== x && name !== y) };
}

function overOf({ over = "median" }: ParameterMapOptions, of: SweepNumber): Over {
  if (!SWEEP_NUMBERS.includes(of)) {
    throw new InputError(`Cannot draw: of must be one of ${SWEEP_NUMBERS.join(", ")}, not "${of}"`);
  }
  if (OVERS.includes(over)) return over;
  throw new InputError(`Cannot draw: over must be ${OVERS.join(" or ")}, not "${over}"`);
}

/** The best set, and how those do that differ from it by a step of one parameter. */
function numbersOf(found: SweepResult, of: SweepNumber, isSparse: boolean): string[] {
  const { write } = searchNumber(of), best = found.order[0];
  const { count, median, least } = neighbourhood(found, best, of);
  const own = `Best ${setText(found, best, searchedNames(found))}: ${write(found.row(best)[of])}`;
  if (isSparse || count === 0) return [own];
  return [own, `${count} a step beside it: median ${write(median)}, worst ${write(least)}`];
}
