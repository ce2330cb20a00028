import { readsSeconds } from "./captions.ts";
import type { Option } from "./option.ts";
import type { Pane } from "./pane.ts";
import type { Moments, Reading } from "./reading.ts";

/**
 * What panes show, as texts by moment: every column at the end of the same stretch of time. Plain data,
 * from which `readingsText` makes what a page says.
 */
export function readingTable(panes: readonly Pane[], moments: Moments, muted: string): Option {
  return {
    format: "readings",
    ...moments,
    seconds: [...moments.from.slice(0, 2), ...moments.to.slice(0, 2)].some(readsSeconds),
    muted,
    groups: panes.filter(({ readings }) => readings.length > 0).map(({ title, readings }) => ({
      title,
      lines: readings.map((reading) => ({
        name: reading.name,
        colour: reading.colour,
        texts: textsAt(reading, moments),
      })),
    })),
  };
}

/** The text at the end of each moment; empty where there is nothing yet. */
function textsAt({ time, values, write, once = false }: Reading, { from, to }: Moments): string[] {
  let next = 0;
  return to.map((end, i) => {
    while (next < time.length && time[next] <= end) next++;
    const known = next > 0 && !Number.isNaN(values[next - 1]);
    return known && (!once || time[next - 1] > from[i]) ? write(values[next - 1]) : "";
  });
}
