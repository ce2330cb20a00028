import { laneSeries } from "./band_series.ts";
import { lineColour } from "./look.ts";
import type { NamedSeries } from "./named_series.ts";
import type { Pane } from "./pane.ts";
import { readingOf } from "./series_reading.ts";
import type { Shown } from "./shown.ts";

/** Conditions in lanes of their own, one above the other, shaded while they hold. */
export function conditionsPane(conditions: readonly NamedSeries[], shown: Shown): Pane {
  const lanes = conditions.map((condition, i) => {
    const { name, values } = condition, colour = lineColour(shown.look, i);
    const lane = laneSeries(values, shown, { name, colour }, conditions.length - 1 - i);
    return { ...lane, name, colour, reading: readingOf(condition, colour, shown) };
  });
  const note = "stronger = held for more of the candle";
  return {
    title: conditions.length === 1 ? "Condition" : "Conditions",
    weight: 0.3 + 0.5 * conditions.length,
    series: lanes.map(({ series }) => series),
    legend: lanes.map(({ name, colour }) => ({ label: name, colour, sign: "bar" })),
    ...(lanes.some(({ shared }) => shared) && { note }),
    range: { low: 0, high: conditions.length },
    fromZero: true,
    readings: lanes.map(({ reading }) => reading),
  };
}
