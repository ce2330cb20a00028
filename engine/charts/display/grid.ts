import { type CellOptions, columnCells } from "./column_cells.ts";

/** How many rows are shown of each end, and up to how many rows all of them are. */
const END = 5, ALL = 12;

/** A column of values, as many as its table has rows. */
export interface GridColumn extends CellOptions {
  name: string;
  values: ArrayLike<unknown>;
}

/** What is shown of a table: its first and its last rows. */
export interface Grid {
  columns: readonly { name: string; right: boolean; cells: readonly string[] }[];
  /** How many of the rows shown stand before those that are left out; `undefined` if none are. */
  cut: number | undefined;
  /** The line below it: how large it all is. */
  caption: string;
}

/** What to show of a table of `length` rows. */
export function gridOf(columns: readonly GridColumn[], length: number, caption: string): Grid {
  const isCut = length > ALL;
  const rows = isCut
    ? Array.from({ length: 2 * END }, (_, i) => i < END ? i : length - 2 * END + i)
    : Array.from({ length }, (_, i) => i);
  return {
    columns: columns.map(({ name, values, isTime, ...rest }) =>
      columnCells(name, rows.map((row) => values[row]), {
        ...rest,
        ...(isTime && { isTime: (i: number) => isTime(rows[i]) }),
      })
    ),
    cut: isCut ? END : undefined,
    caption,
  };
}

/** How large a table is: `17,539 rows × 7 columns`. */
export function shapeText(rows: number, columns: number): string {
  return `${counted(rows, "row")} × ${counted(columns, "column")}`;
}

/** A count and what is counted: `1 row`, `1,234 rows`. */
export function counted(count: number, what: string): string {
  return `${count.toLocaleString("en-US")} ${what}${count === 1 ? "" : "s"}`;
}
