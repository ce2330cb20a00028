import { checkOptions } from "../market/check_options.ts";
import { type Drawdown, drawdowns } from "../metrics/drawdowns.ts";
import { formatNumber } from "../metrics/format_number.ts";
import { spanCaption } from "./captions.ts";
import { needRun } from "./drawable.ts";
import { type AnyResult, runCaption } from "./run_caption.ts";
import { pointSeries } from "./line_series.ts";
import { type Look, TEXT } from "./look.ts";
import { percentText } from "./number_text.ts";
import type { Option } from "./option.ts";
import { type Pane, rangeOf } from "./pane.ts";
import type { Picture } from "./picture.ts";
import { PICTURE_OPTIONS, type PictureOptions, settle } from "./picture_options.ts";
import { wholeSpan } from "./shown_rows.ts";
import { thinLine } from "./thin_line.ts";
import { type Thinning, timePicture } from "./time_picture.ts";
import { percents } from "./value_axis.ts";

/** What the picture of drawdowns may be told. */
export interface UnderwaterOptions extends PictureOptions {
  /** How many of the deepest are marked; by default 5. */
  count?: number;
}

/** Room below the deepest valley for its number, as a share of the depth. */
const BELOW = 1.22;
/** What a number takes, in pixels, and how far below its valley it is. */
const LABEL = { width: 14, height: 13, below: 5 };

/**
 * How far equity is below its peak, with the deepest drawdowns shaded and numbered as
 * `result.drawdowns()` lists them. Throws an `InputError` for options that cannot be.
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
 * const picture = underwater(backtest(riser, candles), { count: 3 });
 * String(picture); // its title, span and how deep; .png(), .svg() and .html() draw it
 * ```
 */
export function underwater(result: AnyResult, options: UnderwaterOptions = {}): Picture {
  needRun(result, "underwater(result)");
  checkOptions(options, [...PICTURE_OPTIONS, "count"], "underwater");
  const { performance } = result,
    { rows } = performance,
    settled = settle(options, { width: 1000, height: 340 });
  const covered = wholeSpan(rows);
  const deepest = drawdowns(performance, options.count);
  const percent = result.equity.column("drawdown").map((fraction) => 100 * fraction);
  return timePicture({
    heading: {
      title: options.title ?? `Drawdowns of ${runCaption(result, settled.symbol)}`,
      about: [spanCaption(covered)],
      numbers: numbersOf(deepest, percent),
    },
    settled,
    ...covered,
    times: [rows.time],
    panes: (thinning) => [pane(rows.time, percent, deepest, thinning, settled.look)],
  });
}

function numbersOf(deepest: readonly Drawdown[], percent: Float64Array): string[] {
  if (deepest.length === 0) return ["never below its peak"];
  const [{ depth, days }] = deepest;
  const below = percent.reduce((count, value) => value < 0 ? count + 1 : count, 0);
  return [
    `Deepest ${formatNumber(depth, "fraction")}, ${formatNumber(days, "days")} days`,
    `below its peak ${formatNumber(below / percent.length, "fraction")} of the time`,
    `at the end ${percentText(percent[percent.length - 1])}`,
  ];
}

function pane(
  time: Float64Array,
  percent: Float64Array,
  deepest: readonly Drawdown[],
  thinning: Thinning,
  look: Look,
): Pane {
  const style = { name: "drawdown", colour: look.loss, width: 1.1, filled: true };
  const { low } = rangeOf(percent, [0]);
  return {
    title: "Drawdown, %",
    weight: 4,
    series: [
      stretches(deepest, thinning.to, look),
      pointSeries(thinLine(time, percent, thinning), style),
      numbers(deepest, thinning, look),
    ],
    legend: [],
    ...(deepest.length > 0 && { note: noteOf(deepest.length) }),
    range: { low: BELOW * low || -1, high: 0 },
    format: percents,
    fromZero: true,
    readings: [{ ...style, time, values: percent, write: percentText }],
  };
}

function noteOf(count: number): string {
  return count === 1 ? "shaded: the deepest" : `shaded: the deepest ${count}, in their order`;
}

/** From peak to peak; what has not ended reaches to the end. */
function stretches(deepest: readonly Drawdown[], last: number, look: Look): Option {
  const data = deepest.map(({ start, end = last }) => [{ xAxis: start }, { xAxis: end }]);
  const itemStyle = { color: look.hold, opacity: 0.16, borderColor: look.hold, borderWidth: 0.6 };
  return {
    type: "line",
    name: "Deepest",
    data: [],
    markArea: { silent: true, data, itemStyle },
  };
}

/** The place of each among the deepest, below its valley; the lower the nearer it is to another. */
function numbers(
  deepest: readonly Drawdown[],
  { from, to, columns }: Thinning,
  look: Look,
): Option {
  const ranked = deepest.map(({ valley, depth }, i) => ({ valley, depth, rank: i + 1 }))
    .sort((a, b) => a.valley - b.valley);
  const pixel = (valley: number) => (valley - from) / (to - from) * columns;
  let lower = 0;
  const data = ranked.map(({ valley, depth, rank }, i) => {
    const near = i > 0 && pixel(valley) - pixel(ranked[i - 1].valley) < LABEL.width;
    lower = near ? lower + 1 : 0;
    const label = { formatter: `${rank}`, distance: LABEL.below + lower * LABEL.height };
    return { value: [valley, 100 * depth], label };
  });
  const text = { color: look.text, fontSize: TEXT.normal, fontWeight: 600 };
  return {
    type: "scatter",
    name: "Numbers",
    silent: true,
    z: 6,
    symbolSize: 0,
    itemStyle: { opacity: 1 },
    data,
    label: { show: true, position: "bottom", ...text },
  };
}
