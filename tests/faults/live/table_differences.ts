import type { Tables } from "../../laws/parity_tables.ts";

/** How what a run leaves differs from what an undisturbed one leaves, in rows. */
export interface TableDifferences {
  /** Candles that a bot should have decided, and did not. */
  missed: number;
  /** Rows that are there and should not be, or more than once. */
  duplicated: number;
  /** Rows that should be there and are not. */
  missing: number;
  /** Rows that say something else: a candle, a price, an equity. */
  different: number;
}

/** What names a row of each table. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  market_data: ["exchange", "symbol", "timeframe", "timestamp", "revision"],
  bots: ["id"],
  signals: ["bot_id", "time", "action"],
  trades: ["bot_id", "number"],
  fills: ["bot_id", "number"],
  refusals: ["bot_id", "number"],
  missing_candles: ["bot_id", "time", "symbol"],
  bot_performance: ["bot_id", "time"],
};

/** Compares all rows, bit for bit; says which differ. */
export function tableDifferences(
  found: Tables,
  expected: Tables,
  tell: (message: string) => void = () => {},
): TableDifferences {
  const sums = { missed: 0, duplicated: 0, missing: 0, different: 0 };
  for (const [table, keys] of Object.entries(KEYS)) {
    const ours = keyed(found[table], keys), theirs = keyed(expected[table], keys);
    sums.duplicated += found[table].length - ours.size;
    for (const [key, row] of theirs) {
      const own = ours.get(key);
      if (own === row) continue;
      tell(`${table}: should be ${row}, is ${own}`);
      if (own !== undefined) sums.different++;
      else if (table === "bot_performance") sums.missed++;
      else sums.missing++;
    }
    for (const [key, row] of ours) {
      if (theirs.has(key)) continue;
      tell(`${table}: should not be, is ${row}`);
      sums.duplicated++;
    }
  }
  return sums;
}

function keyed(rows: readonly string[], keys: readonly string[]): Map<string, string> {
  return new Map(rows.map((row) => {
    const values: Record<string, unknown> = JSON.parse(row);
    return [keys.map((key) => values[key]).join(" "), row];
  }));
}
