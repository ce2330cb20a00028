import { lineSeries } from "./line_series.ts";
import { lineColour } from "./look.ts";
import type { NamedSeries } from "./named_series.ts";
import { type Pane, rangeOf } from "./pane.ts";
import { groupsByRange } from "./place_series.ts";
import { type Shown, shownRows } from "./shown.ts";
import { padded, plainNumbers } from "./value_axis.ts";

/** Panes for series of a scale of their own; those of much the same range share one. */
export function seriesPanes(series: readonly NamedSeries[], shown: Shown): Pane[] {
  const groups = groupsByRange(series);
  const width = shown.bars.merged ? 0.8 : 1.4;
  let colour = 0;
  return groups.map((group): Pane => {
    const lines = group.map(({ name, values }) => {
      return { name, values, colour: lineColour(shown.look, colour++) };
    });
    return {
      title: group.length === 1 ? group[0].name : "",
      weight: 2.6,
      series: lines.map(({ values, ...style }) => lineSeries(values, shown, { ...style, width })),
      legend: lines.length === 1 ? [] : lines.map(({ name, colour }) => ({
        label: name,
        colour,
        sign: "line",
      })),
      range: padded(rangeOf(...group.map(({ values }) => shownRows(shown, values))), 0.08),
      format: plainNumbers,
    };
  });
}
