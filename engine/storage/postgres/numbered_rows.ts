import type postgres from "postgres";
import type { Numbered, NumberedRepository } from "../../ports/store.ts";
import type { Database } from "./connection.ts";

/** What a table's rows are read by. */
export interface NumberedTable {
  table: "fills" | "refusals" | "trades";
  /** Its columns, as the port calls them. */
  columns(sql: postgres.Sql): postgres.PendingQuery<postgres.Row[]>;
}

/** Rows in one statement, so that none takes long, however much is read. */
const PAGE = 20_000;

/** Rows that are numbered for each bot. */
export function numberedRows<Row extends object>(
  database: Database,
  { table, columns }: NumberedTable,
): NumberedRepository<Row> {
  const page = (botId: string, after: number, to: number | undefined) =>
    database.attempt(
      `read a bot's ${table}`,
      { botId },
      (sql) =>
        sql<Numbered<Row>[]>`
        select number, ${columns(sql)} from ${sql(table)}
        where bot_id = ${botId} and number > ${after}::integer
          ${to === undefined ? sql`` : sql`and number <= ${to}::integer`}
        order by number
        limit ${PAGE}`,
    );
  const numbered = async (botId: string, after: number, to?: number) => {
    const rows: Numbered<Row>[] = [];
    for (let behind = after;;) {
      const more = await page(botId, behind, to);
      for (const row of more) rows.push({ ...row });
      if (more.length < PAGE) return rows;
      behind = rows[rows.length - 1].number;
    }
  };
  return {
    numbered,
    ofBot: async (botId) =>
      (await numbered(botId, 0)).map(({ number: _, ...row }) => row as unknown as Row),
  };
}
