import type { Grid } from "./grid.ts";

/** A table as text: columns aligned, an ellipsis for what is left out, its size below. */
export function gridText({ columns, cut, caption }: Grid): string {
  const texts = columns.map(({ name, right, cells }) => {
    const column = [name, ...cells];
    if (cut !== undefined) column.splice(cut + 1, 0, "…");
    const width = Math.max(...column.map((text) => text.length));
    return column.map((text) => right ? text.padStart(width) : text.padEnd(width));
  });
  const lines = (texts[0] ?? []).map((_, row) =>
    texts.map((column) => column[row]).join("  ").trimEnd()
  );
  return [...lines, caption].join("\n");
}
