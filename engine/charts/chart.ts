import type { Candles } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import type { Timeframe } from "../market/timeframe.ts";
import type { CandleSource } from "../research/candle_source.ts";
import { PortfolioResult } from "../research/portfolio_result.ts";
import { Result } from "../research/result.ts";
import { gapsCaption, marketCaption, spanCaption, strategyCaption, written } from "./captions.ts";
import { type ChartOptions, checkChartOptions, PANES } from "./chart_options.ts";
import { chartPanes } from "./chart_panes.ts";
import { covered, groupCandles } from "./group_candles.ts";
import type { Heading } from "./heading.ts";
import { candleNumbers, keyNumbers } from "./key_numbers.ts";
import { candlesToDraw } from "./drawable.ts";
import type { Pane } from "./pane.ts";
import { Picture } from "./picture.ts";
import { portfolioChart } from "./portfolio_chart.ts";
import { settle, type Settled } from "./picture_options.ts";
import { placeSeries } from "./place_series.ts";
import type { Moments } from "./reading.ts";
import type { Scaling } from "./scaling.ts";
import type { Shown } from "./shown.ts";
import { type Rows, rowsIn, span } from "./shown_rows.ts";
import { checkHeight, plotWidth, stackOption } from "./stack.ts";

/** Pixels of width that a candle needs, and how many candles a page for zooming holds. */
const PIXELS_PER_BAR = 1.8, INTERACTIVE_BARS = 5_000;
/** Of the default size: the width, the height without panes, and that of a pane and its weight. */
const WIDTH = 1000, FRAME = 112, HEADER = 26, WEIGHT = 31;

/**
 * A chart of a result: candles with trades and the strategy's named series, volume, equity beside
 * buying and holding, and drawdown; or of candles alone. Times are UTC. Where there are more candles
 * than pixels for them, neighbours are merged and the picture says so; no extreme is lost. Of a
 * portfolio: its equity, its shares, what each instrument earned, and drawdown; see `portfolioChart`.
 * Throws an `InputError` for options that cannot be.
 *
 * ```ts
 * import { Candles } from "../market/candles.ts";
 * const row = { open: 2, high: 4, low: 1, close: 3, volume: 5, trades: 1, kind: "traded" as const };
 * const candles = Candles.fromRows("1h", [1, 2, 3].map((n) => ({ ...row, time: n * 3_600_000 })));
 * const picture = chart(candles, { symbol: "ABC/EUR", theme: "dark" });
 * String(picture); // "ABC/EUR 1h", the span and the key numbers; .png(), .svg() and .html() draw it
 * ```
 */
export function chart(
  source: Result | PortfolioResult | CandleSource,
  options: ChartOptions = {},
): Picture {
  if (source instanceof PortfolioResult) return portfolioChart(source, options);
  const result = source instanceof Result ? source : undefined;
  const candles = source instanceof Result ? source.candles : candlesToDraw(source);
  checkChartOptions(options, Object.keys(result?.strategy?.series ?? {}));
  const rows = rowsIn(candles, options), placed = placeSeries(result, options.place ?? {});
  const draw = (settled: Settled, interactive: boolean) => {
    const of = { candles, rows, timeframe: result?.timeframe };
    const shown = shownPart(of, { ...options, ...settled }, interactive);
    return { panes: chartPanes(shown, result, placed, options.panes), ...placesOf(shown) };
  };
  const wanted = options.panes ?? PANES;
  const still = draw(settle(options, { width: WIDTH, height: WIDTH }), false);
  if (still.panes.length === 0) {
    throw new InputError(
      `Cannot draw: there is nothing to show in ${wanted.join(", ")}: name more panes`,
    );
  }
  const settled = settle(options, { width: WIDTH, height: FRAME + heightOf(still.panes) });
  const heading = headingOf(candles, result, rows, options);
  const above = settled.headed ? heading : undefined;
  checkHeight({ ...settled, heading: above, panes: still.panes });
  const option = (interactive: boolean) => {
    const drawn = interactive ? draw(settled, true) : still;
    return stackOption({ ...settled, ...drawn, heading: above, interactive });
  };
  return new Picture({ heading, size: settled.size, option });
}

/** How high panes are by themselves. */
function heightOf(panes: readonly Pane[]): number {
  return panes.reduce((sum, { weight }) => sum + HEADER + WEIGHT * weight, 0);
}

function shownPart(
  { candles, rows, timeframe }: { candles: Candles; rows: Rows; timeframe?: Timeframe },
  { size, look, base, quote, scale, buyAndHold = true }: Settled & Scaling,
  interactive: boolean,
): Shown {
  const most = interactive ? INTERACTIVE_BARS : plotWidth(size) / PIXELS_PER_BAR;
  return {
    candles,
    ...rows,
    ...span(candles, rows),
    bars: groupCandles(candles.slice(rows.first, rows.last), most, timeframe),
    columns: Math.max(plotWidth(size), most),
    look,
    base,
    quote,
    log: scale === "log",
    held: buyAndHold,
    interactive,
  };
}

/** What the time axis covers, and what a reader can point at there. */
function placesOf({ bars: { bars } }: Shown): { from: number; to: number; moments: Moments } {
  const moments = { from: bars.map(({ from }) => from), to: bars.map(({ time }) => time) };
  return { ...covered(bars), moments };
}

function headingOf(
  candles: Candles,
  result: Result | undefined,
  rows: Rows,
  { symbol = "", title }: ChartOptions,
): Heading {
  const market = marketCaption(symbol, result ?? candles),
    shown = candles.slice(rows.first, rows.last);
  const all = shown.length === candles.length, of = all ? "" : ` of ${written(candles.length)}`;
  const candle = shown.length === 1 && all ? "candle" : "candles";
  const count = `${written(shown.length)}${of} ${candles.timeframe} ${candle}`;
  return {
    title: title ?? (result ? `${strategyCaption(result)} on ${market}` : market),
    about: [spanCaption(span(candles, rows)), count, ...gapsCaption(shown)],
    numbers: result ? keyNumbers(result.summary(), all ? "" : "Whole run: ") : candleNumbers(shown),
  };
}
