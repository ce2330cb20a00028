import { spreadOf } from "./bar_values.ts";
import { lineSeries, pointSeries, spreadSeries } from "./line_series.ts";
import { lineColour } from "./look.ts";
import type { NamedSeries } from "./named_series.ts";
import { type Pane, rangeOf } from "./pane.ts";
import { groupsByRange } from "./place_series.ts";
import { readingOf } from "./series_reading.ts";
import { type Shown, shownRows } from "./shown.ts";
import { padded, plainNumbers } from "./value_axis.ts";

/** With more lines than this in a pane, shades of how far each reached would hide them all. */
const MOST_SHADED = 2;

/** Panes for series of a scale of their own; those of much the same range share one. */
export function seriesPanes(series: readonly NamedSeries[], shown: Shown): Pane[] {
  return groupsByRange(series).map((group): Pane => {
    const lines = group.map((one, i) => ({ ...one, colour: lineColour(shown.look, i) }));
    const drawn = shown.bars.merged ? meanLines(lines, shown) : plainLines(lines, shown);
    return {
      ...drawn,
      title: lines.length === 1 ? lines[0].name : "",
      weight: 2.6,
      legend: lines.length === 1 ? [] : lines.map(({ name, colour }) => ({
        label: name,
        colour,
        sign: "line",
      })),
      range: padded(drawn.range, 0.08),
      format: plainNumbers,
      readings: lines.map((line) => readingOf(line, line.colour, shown)),
    };
  });
}

type Coloured = NamedSeries & { colour: string };
type Drawn = Pick<Pane, "series" | "range" | "note">;

function plainLines(lines: readonly Coloured[], shown: Shown): Drawn {
  return {
    series: lines.map(({ values, name, colour }) => lineSeries(values, shown, { name, colour })),
    range: rangeOf(...lines.map(({ values }) => shownRows(shown, values))),
  };
}

/** What moves up and down within every bar would fill its pane: a line of means is readable. */
function meanLines(lines: readonly Coloured[], shown: Shown): Drawn {
  const shaded = lines.length <= MOST_SHADED, note = `mean of each ${shown.bars.each}`;
  const spreads = lines.map((line) => ({ ...line, ...spreadOf(line.values, shown) }));
  const points = spreads.flatMap(({ mean, lowest, highest }) =>
    shaded ? [lowest, highest] : [mean]
  );
  return {
    series: spreads.flatMap(({ name, colour, mean, lowest, highest }) => [
      ...(shaded ? spreadSeries(lowest, highest, { name, colour }) : []),
      pointSeries(mean, { name, colour, width: 1.2 }),
    ]),
    range: rangeOf(...points.map((line) => line.map(([, value]) => value))),
    note: shaded ? `${note}, shaded from lowest to highest` : note,
  };
}
