/** Where what a bot did is kept. `bots` is its own row: cursor, counts, and what it remembers. */
export const LEDGER_TABLES = [
  "signals",
  "refusals",
  "fills",
  "trades",
  "performance",
  "bots",
] as const;
export type LedgerTable = typeof LEDGER_TABLES[number];

/** What a row has in a column. */
export type Cell = number | string | null;

/** A row that is not stored as it comes out again. */
export interface Difference {
  table: LedgerTable;
  /** `missing` rows come out and are not stored; `added` ones are stored and do not come out. */
  kind: "changed" | "missing" | "added";
  /** Which row, for people: its number, or its time. */
  row: string;
  /** Its time, UTC milliseconds: a trade's is that of its exit. */
  time: number;
  /** The first column that differs, where the row is on both sides. */
  column?: string;
  stored?: Cell;
  recomputed?: Cell;
}

/** Rows of a table that were compared, and those that differ. */
export interface Tally {
  /** Rows that come out again. */
  rows: number;
  changed: number;
  missing: number;
  added: number;
}
