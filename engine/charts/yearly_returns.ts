import { checkOptions } from "../market/check_options.ts";
import { spanCaption } from "./captions.ts";
import { needRun } from "./drawable.ts";
import { type AnyResult, runCaption } from "./run_caption.ts";
import type { Heading } from "./heading.ts";
import { keyNumbers } from "./key_numbers.ts";
import { Picture } from "./picture.ts";
import { PICTURE_OPTIONS, type PictureOptions, settle } from "./picture_options.ts";
import { wholeSpan } from "./shown_rows.ts";
import { checkYears, yearsOption } from "./years_option.ts";

/**
 * The returns of every calendar year (UTC) beside those of buying and holding, as bars. The first and the
 * last year count as far as candles reach. Throws an `InputError` for options that cannot be.
 *
 * ```ts
 * import { backtest } from "../research/backtest.ts";
 * import { Candles } from "../market/candles.ts";
 * import { strategy } from "../strategy/strategy.ts";
 *
 * const riser = strategy("riser", {}, {
 *   build: (_, { close, open }) => ({ enterLong: close.above(open), exitLong: close.below(open) }),
 * });
 * const row = { volume: 1, trades: 1, kind: "traded" as const };
 * const prices = Array.from({ length: 99 }, (_, n) => [100 + n % 7, 100 + n % 5]);
 * const candles = Candles.fromRows("1d", prices.map(([open, close], n) => {
 *   return { ...row, open, close, high: 110, low: 90, time: (n + 1) * 86_400_000 };
 * }));
 * const picture = yearlyReturns(backtest(riser, candles), { symbol: "ABC/EUR" });
 * String(picture); // its title, span and key numbers; .png(), .svg() and .html() draw it
 * ```
 */
export function yearlyReturns(result: AnyResult, options: PictureOptions = {}): Picture {
  needRun(result, "yearlyReturns(result)");
  checkOptions(options, PICTURE_OPTIONS, "yearlyReturns");
  const settled = settle(options, { width: 1000, height: 340 });
  const heading: Heading = {
    title: options.title ??
      `Yearly returns of ${runCaption(result, settled.symbol)}`,
    about: [spanCaption(wholeSpan(result.performance.rows))],
    numbers: keyNumbers(result.summary()),
  };
  const { rows } = result.yearlyReturns();
  const drawn = { heading: settled.headed ? heading : undefined, rows, ...settled };
  checkYears(drawn);
  return new Picture({ heading, size: settled.size, option: () => yearsOption(drawn) });
}
