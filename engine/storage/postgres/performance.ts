import type postgres from "postgres";
import type { PerformanceRepository, PerformanceRow } from "../../ports/store.ts";
import type { Database } from "./connection.ts";

/** Rows in one statement, so that none takes long, however much is read. */
const PAGE = 20_000;

/** Equity curves in the table `bot_performance`; they are written by `commit`. */
export function performance(database: Database): PerformanceRepository {
  return {
    ofBot: async (botId, { after, limit = Infinity } = {}) => {
      const rows: PerformanceRow[] = [];
      while (rows.length < limit) {
        const size = Math.min(PAGE, limit - rows.length), behind = rows.at(-1)?.time ?? after;
        const page = await database.attempt(
          "read a bot's equity",
          { botId },
          (sql) => performanceRows(sql, botId, size, behind),
        );
        for (const row of page) rows.push({ ...row });
        if (page.length < size) break;
      }
      return rows;
    },
  };
}

/** The query for up to `limit` rows of a bot behind a time, in time order. */
export function performanceRows(
  sql: postgres.Sql,
  botId: string,
  limit: number,
  after: number | undefined,
) {
  return sql<PerformanceRow[]>`
    select (extract(epoch from time) * 1000)::double precision as time,
      equity, cash, "position", drawdown
    from bot_performance p
    where bot_id = ${botId} ${after === undefined ? sql`` : sql`and p.time > ${new Date(after)}`}
    order by p.time
    limit ${limit}`;
}
