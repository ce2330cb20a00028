import { checkOptions } from "../market/check_options.ts";
import type { Result } from "../research/result.ts";
import { marketCaption, spanCaption, strategyCaption } from "./captions.ts";
import { needResult } from "./drawable.ts";
import type { Heading } from "./heading.ts";
import { keyNumbers } from "./key_numbers.ts";
import { Picture } from "./picture.ts";
import { PICTURE_OPTIONS, type PictureOptions, settle } from "./picture_options.ts";
import { span } from "./shown_rows.ts";
import { checkYears, yearsOption } from "./years_option.ts";

/**
 * The returns of every calendar year (UTC) beside those of buying and holding, as bars. The first and the
 * last year count as far as candles reach. Throws an `InputError` for options that cannot be.
 */
export function yearlyReturns(result: Result, options: PictureOptions = {}): Picture {
  needResult(result, "yearlyReturns(result)");
  checkOptions(options, PICTURE_OPTIONS, "yearlyReturns");
  const { candles } = result, settled = settle(options, { width: 1000, height: 340 });
  const heading: Heading = {
    title: options.title ??
      `Yearly returns of ${strategyCaption(result)} on ${marketCaption(settled.symbol, candles)}`,
    about: [spanCaption(span(candles, { first: 0, last: candles.length }))],
    numbers: keyNumbers(result.summary()),
  };
  const { rows } = result.yearlyReturns();
  const drawn = { heading: settled.headed ? heading : undefined, rows, ...settled };
  checkYears(drawn);
  return new Picture({ heading, size: settled.size, option: () => yearsOption(drawn) });
}
