import { pointSeries, spreadSeries } from "./line_series.ts";
import type { Look } from "./look.ts";
import { type Pane, rangeOf } from "./pane.ts";
import { thinLine } from "./thin_line.ts";
import type { Thinning } from "./time_picture.ts";
import { padded } from "./value_axis.ts";

/** Lines below which 5, 25, 50, 75 and 95 % of the draws lie, and what was found. */
export interface Fan {
  /** The places along the axis: times in UTC milliseconds, or counts. */
  along: Float64Array;
  lines: readonly Float64Array[];
  found: Float64Array;
  /** What is drawn: no two fans of a picture are called the same. */
  title: string;
}

/** Two bands, one inside of the other, the line in the middle of both, and what was found. */
export function fanPane(
  { along, lines, found, title }: Fan,
  thinning: Thinning,
  look: Look,
  write: (value: number) => string,
): Omit<Pane, "weight" | "format"> {
  const [lowest, low, middle, high, highest] = lines, colour = look.hold;
  const some = placesOf(along.length, thinning.columns);
  const points = (values: Float64Array) => some.map((i) => [along[i], values[i]] as const);
  const band = (from: Float64Array, to: Float64Array, name: string) =>
    spreadSeries(points(from), points(to), { name: `${title}: ${name}`, colour }, 0.22);
  const median = { name: "middle of the draws", colour: look.muted, width: 1.4, dashed: true };
  const own = { name: "backtest", colour: look.equity, width: 1.8 };
  const reading = { time: along, write, colour };
  return {
    title,
    series: [
      ...band(lowest, highest, "90 % of the draws"),
      ...band(low, high, "half of the draws"),
      pointSeries(points(middle), median),
      pointSeries(thinLine(along, found, thinning), own),
    ],
    legend: [
      { label: own.name, colour: own.colour, sign: "line" },
      { label: median.name, colour: median.colour, sign: "dashed" },
      { label: "half of the draws", colour: look.muted, sign: "band" },
      { label: "90 % of the draws", colour, sign: "band" },
    ],
    range: padded(rangeOf(lowest, highest, found), 0.04),
    readings: [
      { ...reading, name: own.name, colour: own.colour, values: found },
      { ...reading, name: "95 % lie below", values: highest },
      { ...reading, name: "75 %", values: high },
      { ...reading, name: "50 %", colour: median.colour, values: middle },
      { ...reading, name: "25 %", values: low },
      { ...reading, name: "5 %", values: lowest },
    ],
  };
}

/** As many places as are seen, evenly, the last among them: all lines of a fan need the same. */
function placesOf(length: number, columns: number): number[] {
  const every = Math.max(1, Math.ceil(length / (2 * columns)));
  return Array.from({ length }, (_, i) => i)
    .filter((i) => i % every === 0 || i === length - 1);
}
