import { checkOptions } from "../market/check_options.ts";
import { formatNumber } from "../metrics/format_number.ts";
import { rollingWindow } from "../research/rolling_ratios.ts";
import { spanCaption } from "./captions.ts";
import { needRun } from "./drawable.ts";
import { type AnyResult, runCaption } from "./run_caption.ts";
import { pointSeries } from "./line_series.ts";
import type { Look } from "./look.ts";
import { percentText, withDecimals } from "./number_text.ts";
import { type Pane, rangeOf } from "./pane.ts";
import type { Picture } from "./picture.ts";
import { PICTURE_OPTIONS, type PictureOptions, settle } from "./picture_options.ts";
import type { Reading } from "./reading.ts";
import { wholeSpan } from "./shown_rows.ts";
import { thinLine } from "./thin_line.ts";
import { type Thinning, timePicture } from "./time_picture.ts";
import { padded, percents, plainNumbers } from "./value_axis.ts";
import { zeroLine } from "./zero_line.ts";

/** What the picture of rolling ratios may be told. */
export interface RollingOptions extends PictureOptions {
  /** UTC days that each value is measured over; by default as `result.rolling` has it. */
  window?: number;
}

/** One of the lines of a pane. */
interface Line {
  name: string;
  colour: string;
  width: number;
  values: Float64Array;
}

/**
 * The Sharpe ratio and the volatility, both a year, of the last so many days, beside those of buying and
 * holding. Throws an `InputError` for options that cannot be, and where there are too few days.
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
 * const picture = rollingSharpe(backtest(riser, candles), { window: 30 });
 * String(picture); // its title, span and the ratios of the whole run; .png() draws it
 * ```
 */
export function rollingSharpe(result: AnyResult, options: RollingOptions = {}): Picture {
  needRun(result, "rollingSharpe(result)");
  checkOptions(options, [...PICTURE_OPTIONS, "window"], "rollingSharpe");
  const { rows } = result.performance, settled = settle(options, { width: 1000, height: 480 });
  const { look } = settled, window = rollingWindow(rows, options.window);
  const { columns } = result.rolling(window);
  const covered = wholeSpan(rows);
  const time = columns.time.map((end) => Math.min(end, covered.to));
  const days = `of the last ${window} days, a year`;
  const summary = result.summary();
  return timePicture({
    heading: {
      title: options.title ??
        `Rolling Sharpe ratio of ${runCaption(result, settled.symbol)}`,
      about: [spanCaption(covered), `${window} UTC days each`],
      numbers: [
        `Whole run: Sharpe ${formatNumber(summary.sharpe, "ratio")}`,
        `volatility a year ${formatNumber(summary.volatility, "fraction")}`,
      ],
    },
    settled,
    ...covered,
    times: [time],
    panes: (thinning) => [
      sharpePane(
        time,
        linesOf(columns.sharpe, columns.buyAndHoldSharpe, look),
        thinning,
        days,
        look,
      ),
      volatilityPane(
        time,
        linesOf(columns.volatility, columns.buyAndHoldVolatility, look, 100),
        thinning,
        days,
      ),
    ],
  });
}

function linesOf(own: Float64Array, held: Float64Array, look: Look, factor = 1): Line[] {
  const times = (values: Float64Array) => values.map((value) => factor * value);
  return [
    { name: "buy and hold", colour: look.hold, width: 1.2, values: times(held) },
    { name: "strategy", colour: look.equity, width: 1.8, values: times(own) },
  ];
}

function sharpePane(
  time: Float64Array,
  lines: readonly Line[],
  thinning: Thinning,
  days: string,
  look: Look,
): Pane {
  const drawn = linesPane(time, lines, thinning, withDecimals(2));
  return {
    ...drawn,
    title: `Sharpe ratio ${days}`,
    weight: 5,
    series: [zeroLine("yAxis", look.axis), ...drawn.series],
    range: padded(rangeOf([0], ...lines.map(({ values }) => values)), 0.08),
    format: plainNumbers,
  };
}

function volatilityPane(
  time: Float64Array,
  lines: readonly Line[],
  thinning: Thinning,
  days: string,
): Pane {
  return {
    ...linesPane(time, lines, thinning, percentText),
    title: `Volatility ${days}, %`,
    weight: 4,
    range: padded(rangeOf([0], ...lines.map(({ values }) => values)), 0, 0.08),
    format: percents,
    fromZero: true,
  };
}

function linesPane(
  time: Float64Array,
  lines: readonly Line[],
  thinning: Thinning,
  write: Reading["write"],
): Pick<Pane, "series" | "legend" | "readings"> {
  const first = lines.toReversed();
  return {
    series: lines.map(({ values, ...style }) =>
      pointSeries(thinLine(time, values, thinning), style)
    ),
    legend: first.map(({ name, colour }) => ({ label: name, colour, sign: "line" })),
    readings: first.map(({ name, colour, values }) => ({ name, colour, time, values, write })),
  };
}
