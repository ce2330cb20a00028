import { openConnection } from "../../engine/storage/postgres/connection.ts";

/** A table's rows as text, in order. */
export type Tables = Readonly<Record<string, readonly string[]>>;

/** Columns that tell when or by whom something was done, rather than what. */
const INCIDENTAL: Readonly<Record<string, readonly string[]>> = {
  market_data: [],
  bots: [
    "heartbeat",
    "lease_owner",
    "epoch",
    "lease_until",
    "created_at",
    "verification",
    "decided_at",
  ],
  signals: ["decided_at"],
  trades: [],
  fills: [],
  refusals: [],
  missing_candles: [],
  bot_performance: [],
};

/** All that a database holds of candles and bots, as PostgreSQL writes it. */
export async function readTables(url: string): Promise<Tables> {
  const database = openConnection(url, 1);
  try {
    const tables: Record<string, string[]> = {};
    for (const [table, columns] of Object.entries(INCIDENTAL)) {
      const rows = await database.sql<{ row: string }[]>`
        select (to_jsonb(t) - ${`{${columns.join(",")}}`}::text[])::text as row
        from ${database.sql(table)} t order by row`;
      tables[table] = rows.map(({ row }) => row);
    }
    return tables;
  } finally {
    await database.close();
  }
}
