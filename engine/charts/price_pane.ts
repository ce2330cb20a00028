import type { Result } from "../research/result.ts";
import { atFills } from "./at_fills.ts";
import { bandSeries } from "./band_series.ts";
import { closesOf } from "./bar_values.ts";
import { middle } from "./group_candles.ts";
import type { LegendItem } from "./legend.ts";
import { lineSeries, pointSeries } from "./line_series.ts";
import { positive } from "./log_scale.ts";
import { lineColour } from "./look.ts";
import type { NamedSeries } from "./named_series.ts";
import type { Option } from "./option.ts";
import { type Pane, rangeOf } from "./pane.ts";
import type { PlacedSeries } from "./place_series.ts";
import { candleReadings, priceWriter } from "./candle_readings.ts";
import { resizeMarks } from "./resize_marks.ts";
import { readingOf } from "./series_reading.ts";
import { type Shown, shownRows, titled } from "./shown.ts";
import { tradeMarks } from "./trade_marks.ts";
import { padded, paddedLog, plainNumbers } from "./value_axis.ts";

/** Candles with overlays, bands, and trades. */
export function pricePane(
  shown: Shown,
  extras: Pick<PlacedSeries, "overlays" | "bands">,
  result: Result | undefined,
): Pane {
  const { bars: { bars }, look, quote, log } = shown;
  const marks = marksOf(result, shown);
  const { overlays, bands } = coloured(extras, shown);
  const shades = bands.map((band) => ({ ...band, ...bandSeries(band.values, shown, band) }));
  const columns = overlays.map(({ values }) => shownRows(shown, values));
  const write = priceWriter(shown.candles);
  const range = rangeOf(bars.map(({ high }) => high), bars.map(({ low }) => low), ...columns);
  return {
    title: titled("Price", quote, shown),
    weight: 10,
    series: [
      ...shades.map(({ series }) => series),
      candleSeries(shown),
      ...overlays.map((overlay) => overlaySeries(overlay, shown)),
      ...marks.series,
    ],
    legend: [
      ...overlays.map(({ name, colour }) => ({ label: name, colour, sign: "line" as const })),
      ...shades.map(({ label, colour }): LegendItem => ({ label, colour, sign: "band" })),
      ...marks.legend,
    ],
    note: noteOf(shown),
    range: log ? paddedLog(range, 0.06) : padded(range, 0.06),
    format: plainNumbers,
    log,
    readings: [
      ...candleReadings(shown, look),
      ...overlays.map((line) => ({ ...readingOf(line, line.colour, shown), write })),
      ...bands.map((band) => readingOf(band, band.colour, shown)),
      ...marks.readings,
    ],
  };
}

/** Trades, and what was added to them or taken off; nothing where they are too many to be marked. */
function marksOf(result: Result | undefined, shown: Shown) {
  if (result === undefined) return tradeMarks([], undefined, shown);
  const { trades, open } = atFills(result), marks = tradeMarks(trades, open, shown);
  if (marks.series.length === 0) return marks;
  const resizes = resizeMarks(result.fills.rows, shown);
  return {
    series: [...marks.series, ...resizes.series],
    legend: [...marks.legend, ...resizes.legend],
    readings: [...marks.readings, ...resizes.readings],
  };
}

type Coloured = NamedSeries & { colour: string };

function coloured(
  { overlays, bands }: Pick<PlacedSeries, "overlays" | "bands">,
  { look, log }: Shown,
): { overlays: Coloured[]; bands: Coloured[] } {
  const colour = (i: number) => lineColour(look, i);
  return {
    overlays: overlays.map((series, i) => {
      return {
        ...series,
        colour: colour(i),
        values: log ? positive(series.values) : series.values,
      };
    }),
    bands: bands.map((series, i) => ({ ...series, colour: colour(overlays.length + i) })),
  };
}

/** Where candles are merged, a line through all of its rows would hide them: it takes their closes. */
function overlaySeries({ name, colour, values }: Coloured, shown: Shown): Option {
  if (!shown.bars.merged) return lineSeries(values, shown, { name, colour });
  return pointSeries(closesOf(values, shown), { name, colour, behind: true });
}

function noteOf({ bars: { each, merged }, candles: { timeframe }, interactive }: Shown): string {
  if (!merged) return `1 candle = ${each}`;
  const more = interactive ? "; shorter spans (from, to) show more" : "";
  return `1 candle = ${each}, merged from ${timeframe}${more}`;
}

function candleSeries({ bars: { bars }, look }: Shown): Option {
  return {
    type: "candlestick",
    name: "Candles",
    data: bars.map((bar) => [middle(bar), bar.open, bar.close, bar.low, bar.high]),
    barWidth: "66%",
    itemStyle: {
      color: look.up,
      color0: look.down,
      borderColor: look.up,
      borderColor0: look.down,
      borderColorDoji: look.muted,
      borderWidth: 1,
    },
    large: false,
    progressive: 0,
  };
}
