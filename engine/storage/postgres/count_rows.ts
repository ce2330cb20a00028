import type { Database } from "./connection.ts";

/** How many rows of a table are a bot's. */
export async function rowsOfBot(
  database: Database,
  table: "signals" | "trades",
  botId: string,
): Promise<number> {
  const [{ count }] = await database.attempt(
    `count a bot's ${table}`,
    { botId },
    (sql) =>
      sql<[{ count: number }]>`
      select count(*)::integer as count from ${sql(table)} where bot_id = ${botId}`,
  );
  return count;
}
