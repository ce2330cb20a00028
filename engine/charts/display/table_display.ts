import { type Table, tableColumns } from "../../research/table.ts";
import type { Columns } from "../../research/table.ts";
import { type GridColumn, gridOf, shapeText } from "./grid.ts";
import { gridDisplay } from "./grid_display.ts";
import type { MimeBundle } from "./mime_bundle.ts";

/** How a notebook shows rows of a result, such as its trades. */
export function tableDisplay({ rows }: Table<object>): MimeBundle {
  return columnsGrid(tableColumns(rows), rows);
}

/** How a notebook shows columns of a result, such as its equity. */
export function columnsDisplay(table: Columns<string>): MimeBundle {
  const columns = Object.entries(table.columns).map(([name, values]) => ({ name, values }));
  return columnsGrid(columns, table);
}

function columnsGrid(columns: readonly GridColumn[], { length }: { length: number }): MimeBundle {
  return gridDisplay(gridOf(columns, length, shapeText(length, columns.length)));
}
