import type postgres from "postgres";
import type { PerformanceRepository, PerformanceRow, TimeRange } from "../../ports/store.ts";
import type { Database } from "./connection.ts";
import { monthsOf } from "./partitions.ts";
import { withinTimes } from "./within_times.ts";

/** Rows in one statement, so that none takes long, however much is read. */
const PAGE = 20_000;

/** Equity curves in the table `bot_performance`; they are written by `commit`. */
export function performance(database: Database): PerformanceRepository {
  return {
    ofBot: async (botId, { after, to, limit = Infinity } = {}) => {
      const rows: PerformanceRow[] = [];
      while (rows.length < limit) {
        const size = Math.min(PAGE, limit - rows.length), behind = rows.at(-1)?.time ?? after;
        const page = await database.attempt(
          "read a bot's equity",
          { botId },
          (sql) => performanceRows(sql, botId, size, { after: behind, to }),
        );
        for (const row of page) rows.push({ ...row });
        if (page.length < size) break;
      }
      return rows;
    },
    latest: async (botId) => {
      const [row] = await database.attempt(
        "read a bot's newest equity",
        { botId },
        (sql) => newestRow(sql, botId),
      );
      return row && { ...row };
    },
    months: () => monthsOf(database, "bot_performance"),
  };
}

const columns = (sql: postgres.Sql) =>
  sql`(extract(epoch from time) * 1000)::double precision as time,
    equity, cash, "position", drawdown`;

/** The query for the newest row of a bot. */
function newestRow(sql: postgres.Sql, botId: string) {
  return sql<PerformanceRow[]>`
    select ${columns(sql)} from bot_performance p
    where bot_id = ${botId} order by p.time desc limit 1`;
}

/** The query for up to `limit` rows of a bot in a range of time, in time order. */
export function performanceRows(
  sql: postgres.Sql,
  botId: string,
  limit: number,
  range: TimeRange,
) {
  return sql<PerformanceRow[]>`
    select ${columns(sql)} from bot_performance p
    where bot_id = ${botId} ${withinTimes(sql, "p", range)}
    order by p.time
    limit ${limit}`;
}
