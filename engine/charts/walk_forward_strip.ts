import { checkOptions } from "../market/check_options.ts";
import { describeValue } from "../market/describe_value.ts";
import { InputError } from "../market/errors.ts";
import { heldReturns } from "../metrics/buy_and_hold.ts";
import { formatNumber } from "../metrics/format_number.ts";
import { WalkForward } from "../search/walk_forward_result.ts";
import { marketCaption, spanCaption, strategyName } from "./captions.ts";
import type { Heading } from "./heading.ts";
import { signed } from "./key_numbers.ts";
import { pointSeries } from "./line_series.ts";
import type { Look } from "./look.ts";
import { withDecimals } from "./number_text.ts";
import { type Pane, rangeOf } from "./pane.ts";
import type { Picture } from "./picture.ts";
import { PICTURE_OPTIONS, type PictureOptions, settle, type Settled } from "./picture_options.ts";
import { titled } from "./shown.ts";
import { plotWidth } from "./stack.ts";
import { thinLine } from "./thin_line.ts";
import { type Thinning, timePicture } from "./time_picture.ts";
import { padded, plainNumbers } from "./value_axis.ts";
import { windowRatiosPane } from "./window_ratios_pane.ts";
import { windowsPane } from "./windows_pane.ts";

const WIDTH = 1000, HEIGHT = 530, LANE = 20, MOST_LANES = 24, RATIOS = 110, EQUITY = 200;

/**
 * A walk forward, window by window: over which days a set was chosen and what it returned there, over which days behind them it was
 * tried and what it returned there; the Sharpe ratios of both; and the equity of all tests as one, beside buying and
 * holding over the same days. Throws an `InputError` for options that cannot be.
 *
 * ```ts
 * import { Candles } from "../market/candles.ts";
 * import { walkForward } from "../search/walk_forward.ts";
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
 *   return { ...row, close: 100 + n % 7 - n % 5, time: Date.UTC(2024, 0, n + 2) };
 * }));
 * const walked = await walkForward(riser, candles, { least: "1..4" }, { train: 40, test: 20 });
 * const picture = walkForwardStrip(walked);
 * String(picture); // its title, span, and what came of it; .png(), .svg() and .html() draw it
 * ```
 */
export function walkForwardStrip(walked: WalkForward, options: PictureOptions = {}): Picture {
  if (!(walked instanceof WalkForward)) {
    throw new InputError(
      `Cannot draw ${describeValue(walked)}: write walkForwardStrip(walked) with what ` +
        "await walkForward(strategy, candles, { … }, { train, test }) gave",
    );
  }
  checkOptions(options, PICTURE_OPTIONS, "walkForwardStrip");
  const { folds, equity: { columns: { time } } } = walked;
  const lanes = LANE * Math.max(2, Math.min(folds.length, MOST_LANES));
  const settled = settle(options, { width: WIDTH, height: HEIGHT + lanes }), { look } = settled;
  const from = folds[0].trainFrom, to = time[time.length - 1];
  const perMs = plotWidth(settled.size) / (to - from);
  return timePicture({
    heading: headingOf(walked, options, settled),
    settled,
    from,
    to,
    times: [time],
    panes: (thinning) => [
      { ...windowsPane(walked, { perMs, look }), weight: lanes / 20 },
      { ...windowRatiosPane(walked, look), weight: RATIOS / 20 },
      { ...equityPane(walked, thinning, settled.quote, look), weight: EQUITY / 20 },
    ],
  });
}

function headingOf(
  { folds, sharpe, trained, totalReturn, maxDrawdown, efficiency, notes }: WalkForward,
  { title }: PictureOptions,
  { symbol }: Settled,
): Heading {
  const [{ trainFrom, result }] = folds, last = folds[folds.length - 1];
  return {
    title: title ?? `Walk forward of ${strategyName(result)} on ${marketCaption(symbol, result)}`,
    about: [
      spanCaption({ from: trainFrom, to: last.testTo }),
      `${folds.length} ${folds.length === 1 ? "window" : "windows"}`,
      ...notes,
    ],
    numbers: [
      `Out of sample: return ${signed(totalReturn)}`,
      `max drawdown ${formatNumber(maxDrawdown, "fraction")}`,
      `Sharpe ${formatNumber(sharpe, "ratio")}, in sample ${formatNumber(trained, "ratio")}`,
      `efficiency ${formatNumber(efficiency, "ratio")}`,
    ],
  };
}

/** The tests as one account; days between them are left out, as a straight line. */
function equityPane(
  walked: WalkForward,
  thinning: Thinning,
  quote: string,
  look: Look,
): Omit<Pane, "weight"> {
  const { folds, balance, equity: { columns } } = walked;
  const time = Float64Array.of(folds[0].testFrom, ...columns.time);
  const lines = [
    { name: "buy and hold", colour: look.hold, width: 1.2, values: heldOver(walked) },
    {
      name: "out of sample",
      colour: look.equity,
      width: 1.8,
      values: Float64Array.of(balance, ...columns.equity),
    },
  ];
  const first = lines.toReversed();
  return {
    title: titled("Equity", quote),
    series: lines.map(({ values, ...style }) =>
      pointSeries(thinLine(time, values, thinning), style)
    ),
    legend: first.map(({ name, colour }) => ({ label: name, colour, sign: "line" })),
    range: padded(rangeOf(...lines.map(({ values }) => values)), 0.06),
    format: plainNumbers,
    readings: first.map(({ name, colour, values }) => {
      return { name, colour, time, values, write: withDecimals(2) };
    }),
  };
}

/** What holding over the days of the tests alone would have made of the balance, without costs. */
function heldOver({ folds, balance }: WalkForward): Float64Array {
  const worth = [balance];
  for (const { result: { performance: { benchmark } } } of folds) {
    const before = worth[worth.length - 1];
    for (const gain of heldReturns(benchmark)) worth.push(before * (1 + gain));
  }
  return Float64Array.from(worth);
}
