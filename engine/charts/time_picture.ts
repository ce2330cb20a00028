import type { Heading } from "./heading.ts";
import type { Pane } from "./pane.ts";
import { Picture } from "./picture.ts";
import type { Settled } from "./picture_options.ts";
import type { Moments } from "./reading.ts";
import { checkHeight, plotWidth, type Stack, stackOption } from "./stack.ts";
import type { Block } from "./table_block.ts";
import type { thinLine } from "./thin_line.ts";

/** Columns of detail of a page in which a reader can zoom. */
const INTERACTIVE_COLUMNS = 2_500;

/** What lines over time are thinned by. */
export type Thinning = Parameters<typeof thinLine>[2];

/** Lines over time, above each other. */
export interface TimePicture {
  heading: Heading;
  settled: Settled;
  /** What is counted in the place of time, such as `trades`. */
  counted?: string;
  /** What the axis covers: time in UTC milliseconds, or numbers of what is counted. */
  from: number;
  to: number;
  /** When there are values: what a reader can point at. */
  times: readonly Float64Array[];
  /** What stands between the heading and the panes. */
  block?: Block;
  panes(thinning: Thinning): Pane[];
}

/** Draws it; with more detail for a page. Throws an `InputError` for a height that is too small. */
export function timePicture(drawn: TimePicture): Picture {
  const { heading, settled, from, to, times, block, panes, counted } = drawn;
  const stack = (interactive: boolean): Stack => ({
    ...settled,
    from,
    to,
    heading: settled.headed ? heading : undefined,
    ...(block && { block }),
    panes: panes({
      from,
      to,
      columns: interactive ? INTERACTIVE_COLUMNS : plotWidth(settled.size),
    }),
    moments: {
      ...(counted !== undefined && { counted }),
      ...(interactive ? momentsOf(times) : { from: [], to: [] }),
    },
    interactive,
  });
  checkHeight(stack(false));
  const option = (interactive: boolean) => stackOption(stack(interactive));
  return new Picture({ heading, size: settled.size, option });
}

/** All times, or as many of them as a page needs. */
function momentsOf(times: readonly Float64Array[]): Moments {
  const sorted = Float64Array.from(new Set(times.flatMap((each) => [...each]))).sort();
  const every = Math.ceil(sorted.length / INTERACTIVE_COLUMNS);
  const some = [...sorted].filter((_, i) => i % every === 0 || i === sorted.length - 1);
  return { from: some, to: some };
}
