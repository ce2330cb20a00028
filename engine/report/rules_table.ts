import type { TextCells } from "./section.ts";

/** Settings by name: what each is, and what it means. */
export function rulesTable(
  rows: readonly (readonly [name: string, value: string, meaning: string])[],
  caption: string,
): TextCells {
  const columns = ["Setting", "Value", "Meaning"].map((name, i) => ({ name, right: i === 1 }));
  return { columns: rows.length === 0 ? [] : columns, rows, caption };
}
