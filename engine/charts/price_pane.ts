import type { Result } from "../research/result.ts";
import { bandSeries } from "./band_series.ts";
import type { LegendItem } from "./legend.ts";
import { lineSeries } from "./line_series.ts";
import { lineColour } from "./look.ts";
import type { Option } from "./option.ts";
import { type Pane, rangeOf } from "./pane.ts";
import type { PlacedSeries } from "./place_series.ts";
import { type Shown, shownRows, titled } from "./shown.ts";
import { tradeMarks } from "./trade_marks.ts";
import { padded, plainNumbers } from "./value_axis.ts";

/** Candles with overlays, bands, and trades. */
export function pricePane(
  shown: Shown,
  extras: Pick<PlacedSeries, "overlays" | "bands">,
  result: Result | undefined,
): Pane {
  const { bars: { bars, each, merged }, look, quote, candles } = shown;
  const marks = tradeMarks(result?.trades.rows ?? [], result?.open, shown);
  const colour = (i: number) => lineColour(look, i);
  const lines = extras.overlays.map(({ name, values }, i) =>
    lineSeries(values, shown, { name, colour: colour(i), behind: merged })
  );
  const bandColour = (i: number) => colour(extras.overlays.length + i);
  const bands = extras.bands.map(({ name, values }, i) =>
    bandSeries(values, shown, { name, colour: bandColour(i) })
  );
  const legend: LegendItem[] = [
    ...extras.overlays.map(({ name }, i) => ({
      label: name,
      colour: colour(i),
      sign: "line" as const,
    })),
    ...bands.map(({ label }, i) => ({ label, colour: bandColour(i), sign: "band" as const })),
    ...marks.legend,
  ];
  const overlays = extras.overlays.map(({ values }) => shownRows(shown, values));
  const high = bars.map(({ high }) => high), low = bars.map(({ low }) => low);
  return {
    title: titled("Price", quote),
    weight: 10,
    series: [...bands.map(({ series }) => series), candleSeries(shown), ...lines, ...marks.series],
    legend,
    note: merged ? `1 candle = ${each}, merged from ${candles.timeframe}` : `1 candle = ${each}`,
    range: padded(rangeOf(high, low, ...overlays), 0.06),
    format: plainNumbers,
  };
}

function candleSeries({ bars: { bars }, look }: Shown): Option {
  return {
    type: "candlestick",
    name: "Candles",
    data: bars.map(({ from, time, open, high, low, close }) => [
      (from + time) / 2,
      open,
      close,
      low,
      high,
    ]),
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
