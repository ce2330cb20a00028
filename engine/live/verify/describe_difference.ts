import type { Cell, Difference } from "./difference.ts";

/** A difference in words: which row, which column, what is stored and what comes out. */
export function describeDifference(
  { table, kind, row, time, column, stored, recomputed }: Difference,
): string {
  const place = `${table}, ${row}${row.startsWith("number") ? ` (${isoOf(time)})` : ""}`;
  if (kind === "missing") return `${place}: comes out, but is not stored`;
  if (kind === "added") return `${place}: is stored, but does not come out`;
  return `${place}: ${column} is stored as ${shown(stored)}, but comes out as ${shown(recomputed)}`;
}

function shown(cell: Cell | undefined): string {
  return cell === null || cell === undefined ? "nothing" : String(cell);
}

function isoOf(time: number): string {
  return new Date(time).toISOString().replace(".000Z", "Z");
}
