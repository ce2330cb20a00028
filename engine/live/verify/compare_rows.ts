import type { Cell, Difference, LedgerTable } from "./difference.ts";

/** A row by what tells it from the others of its table. */
export interface KeyedRow {
  key: string;
  time: number;
  cells: Readonly<Record<string, unknown>>;
}

/** Rows of a table that differ, in the order of time. */
export function compareRows(
  table: LedgerTable,
  stored: readonly KeyedRow[],
  recomputed: readonly KeyedRow[],
): Difference[] {
  const there = new Map(stored.map((row) => [row.key, row])), found: Difference[] = [];
  for (const row of recomputed) {
    const { key, time } = row, other = there.get(key);
    there.delete(key);
    if (!other) found.push({ table, kind: "missing", row: key, time });
    else {
      const cell = firstCell(other.cells, row.cells);
      if (cell) found.push({ table, kind: "changed", row: key, time, ...cell });
    }
  }
  for (const { key, time } of there.values()) found.push({ table, kind: "added", row: key, time });
  return found.sort((a, b) => a.time - b.time);
}

/** The first cell in which two rows differ, if they do. */
export function firstCell(
  stored: Readonly<Record<string, unknown>>,
  recomputed: Readonly<Record<string, unknown>>,
): Pick<Difference, "column" | "stored" | "recomputed"> | undefined {
  const one = flat(stored), other = flat(recomputed);
  for (const column of new Set([...Object.keys(other), ...Object.keys(one)])) {
    if (isSame(one[column], other[column])) continue;
    return { column, stored: one[column] ?? null, recomputed: other[column] ?? null };
  }
  return undefined;
}

/** Cells of cells by both names: `values.fast`. */
function flat(cells: Readonly<Record<string, unknown>>): Record<string, Cell> {
  return Object.fromEntries(
    Object.entries(cells).flatMap(([name, cell]) =>
      typeof cell === "object" && cell !== null
        ? Object.entries(cell).map(([inner, one]) => [`${name}.${inner}`, one])
        : [[name, cell]]
    ),
  );
}

/** To the bit, but for the sign of 0, of which the tables keep none. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || Object.is(one, other);
}
