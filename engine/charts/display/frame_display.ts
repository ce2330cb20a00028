import { gridOf, shapeText } from "./grid.ts";
import { gridDisplay } from "./grid_display.ts";
import type { MimeBundle } from "./mime_bundle.ts";

/** What is read of a danfo DataFrame or Series. */
export interface Shown {
  readonly columns: string[];
  readonly index: readonly (string | number)[];
  readonly values: unknown;
  column?(name: string): { readonly values: unknown };
}

/** How a notebook shows a danfo frame, or one column of it. */
export function frameDisplay(frame: Shown): MimeBundle {
  const { columns, index } = frame, { length } = index;
  const columnOf = (name: string) => frame.column ? frame.column(name).values : frame.values;
  const shown = columns.map((name) => ({ name, values: columnOf(name) as ArrayLike<unknown> }));
  // An index that only counts says nothing.
  const labels = index.every((label, i) => label === i) ? [] : [{ name: "", values: index }];
  return gridDisplay(gridOf([...labels, ...shown], length, shapeText(length, columns.length)));
}
