import { checkOptions } from "../market/check_options.ts";
import { InputError } from "../market/errors.ts";
import { formatNumber } from "../metrics/format_number.ts";
import { mean } from "../metrics/mean.ts";
import type { ExcursionRow } from "../research/excursion_rows.ts";
import { spanCaption, written } from "./captions.ts";
import { needRun } from "./drawable.ts";
import { type AnyResult, runCaption } from "./run_caption.ts";
import type { Heading } from "./heading.ts";
import { Picture } from "./picture.ts";
import { PICTURE_OPTIONS, type PictureOptions, settle } from "./picture_options.ts";
import { type Scatter, scatterOption } from "./scatter_option.ts";
import { wholeSpan } from "./shown_rows.ts";
import { checkTwo } from "./two_boxes.ts";

/**
 * What each closed trade returned, against how far the price had gone against it (MAE) and for it (MFE)
 * while it was held: where stops and targets would have cut. Throws an `InputError` where no trade was
 * closed, and for options that cannot be.
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
 * const picture = excursions(backtest(riser, candles));
 * String(picture); // its title, span and mean excursions; .png(), .svg() and .html() draw it
 * ```
 */
export function excursions(result: AnyResult, options: PictureOptions = {}): Picture {
  needRun(result, "excursions(result)");
  checkOptions(options, PICTURE_OPTIONS, "excursions");
  const { rows } = result.excursions(), settled = settle(options, { width: 1000, height: 460 });
  if (rows.length === 0) throw new InputError("Cannot draw excursions: no trade was closed");
  const covered = wholeSpan(result.performance.rows);
  const heading: Heading = {
    title: options.title ?? `Excursions of ${runCaption(result, settled.symbol)}`,
    about: [
      spanCaption(covered),
      `${written(rows.length)} ${rows.length === 1 ? "trade" : "trades"}`,
    ],
    numbers: numbersOf(rows),
  };
  const drawn: Scatter = { heading: settled.headed ? heading : undefined, rows, ...settled };
  checkTwo(drawn);
  const option = (interactive: boolean) => scatterOption(drawn, interactive);
  return new Picture({ heading, size: settled.size, option });
}

/** Means of those that won and of those that lost: a stop belongs between the two. */
function numbersOf(rows: readonly ExcursionRow[]): string[] {
  const percent = (values: number[]) => formatNumber(mean(values), "fraction");
  return ([["won", 1], ["lost", -1]] as const).flatMap(([what, sign]) => {
    const own = rows.filter((row) => sign * row.return > 0);
    if (own.length === 0) return [];
    const against = percent(own.map(({ adverse }) => adverse));
    const towards = percent(own.map(({ favourable }) => favourable));
    return [`${written(own.length)} ${what}: mean MAE ${against}, mean MFE ${towards}`];
  });
}
