import type { Grid } from "./grid.ts";
import { CELL, HEAD, MUTED, ROW, TABLE } from "./html_style.ts";
import { htmlText } from "./html_text.ts";

/** A table as HTML that needs neither scripts nor style sheets. */
export function gridHtml({ columns, cut, caption }: Grid): string {
  const count = columns[0]?.cells.length ?? 0;
  const side = (right: boolean) => right ? "right" : "left";
  // The attribute too, for a page that strips styles.
  const cell = (tag: "td" | "th", text: string, right: boolean, style: string) =>
    `<${tag} align="${side(right)}" style="text-align:${side(right)};${style}">${
      htmlText(text)
    }</${tag}>`;
  const row = (cells: string[]) => `<tr style="${ROW}">${cells.join("")}</tr>`;
  const rows = Array.from(
    { length: count },
    (_, i) => row(columns.map(({ cells, right }) => cell("td", cells[i], right, CELL))),
  );
  if (cut !== undefined) {
    rows.splice(cut, 0, row(columns.map(({ right }) => cell("td", "…", right, CELL))));
  }
  return [
    `<table style="${TABLE}">`,
    `<thead>${row(columns.map(({ name, right }) => cell("th", name, right, HEAD)))}</thead>`,
    `<tbody>`,
    ...rows,
    `</tbody>`,
    `</table>`,
    `<div style="${MUTED}">${htmlText(caption)}</div>`,
  ].join("\n");
}
