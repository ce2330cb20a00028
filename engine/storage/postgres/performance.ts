import type { PerformanceRepository, PerformanceRow } from "../../ports/store.ts";
import type { Database } from "./connection.ts";

/** Equity curves in the table `bot_performance`; they are written by `commit`. */
export function performance(database: Database): PerformanceRepository {
  return {
    ofBot: async (botId, { after, limit } = {}) => {
      const rows = await database.attempt(
        "read a bot's equity",
        { botId },
        (sql) =>
          sql<PerformanceRow[]>`
          select (extract(epoch from time) * 1000)::double precision as time,
            equity, cash, "position", drawdown
          from bot_performance p
          where bot_id = ${botId} ${
            after === undefined ? sql`` : sql`and p.time > ${new Date(after)}`
          }
          order by p.time
          limit ${limit ?? null}`,
      );
      return rows.map((row) => ({ ...row }));
    },
  };
}
