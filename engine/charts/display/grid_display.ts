import type { Grid } from "./grid.ts";
import { gridHtml } from "./grid_html.ts";
import { gridText } from "./grid_text.ts";
import type { MimeBundle } from "./mime_bundle.ts";

/** How a notebook shows a table. */
export function gridDisplay(grid: Grid): MimeBundle {
  return { "text/html": gridHtml(grid), "text/plain": gridText(grid) };
}
