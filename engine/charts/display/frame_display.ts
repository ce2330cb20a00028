import { areTimes, isTimeColumn } from "./column_cells.ts";
import { type GridColumn, gridOf, shapeText } from "./grid.ts";
import { gridDisplay } from "./grid_display.ts";
import type { MimeBundle } from "./mime_bundle.ts";

/** What of a description of times is a time; their spread is milliseconds, which nobody reads. */
const TIMES_OF: ReadonlySet<string | number> = new Set(["mean", "min", "median", "max"]);

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
  const shown = columns.map((name): GridColumn => {
    const values = columnOf(name) as ArrayLike<unknown>;
    if (isDescription(index) && isTimeColumn(name, [])) return described(name, values, index);
    const isOurs = name === "timestamp" && columns.includes("kind");
    return { name, values, ...(isOurs && { unit: "close, UTC" }) };
  });
  return gridDisplay(
    gridOf([...labels(index), ...shown], length, shapeText(length, columns.length)),
  );
}

type Index = Shown["index"];

/** The index, if it says something: most only count. */
function labels(index: Index): GridColumn[] {
  if (index.every((label, i) => label === i)) return [];
  const times = areTimes(index) &&
    index.every((label) => typeof label === "number" && label % 1_000 === 0);
  return [times ? { name: "time", values: index } : { name: "", values: index }];
}

/** Whether a frame is what danfo's `describe()` gives: numbers about the columns of another one. */
function isDescription(index: Index): boolean {
  return ["count", "std", "variance"].every((label) => index.includes(label));
}

function described(name: string, values: ArrayLike<unknown>, index: Index): GridColumn {
  const isTime = (row: number) => TIMES_OF.has(index[row]);
  const known = Array.from(
    values,
    (value, row) => isTime(row) || index[row] === "count" ? value : NaN,
  );
  return { name, values: known, isTime };
}
