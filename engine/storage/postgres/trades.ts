import type { ClosedTrade, TradeRepository } from "../../ports/store.ts";
import type { Database } from "./connection.ts";

/** Closed trades in the table `trades`; they are written by `commit`. */
export function trades(database: Database): TradeRepository {
  return {
    ofBot: async (botId) => {
      const rows = await database.attempt(
        "read a bot's trades",
        { botId },
        (sql) =>
          sql<ClosedTrade[]>`
          select side,
            (extract(epoch from entry_time) * 1000)::double precision as "entryTime",
            entry_price as "entryPrice",
            (extract(epoch from exit_time) * 1000)::double precision as "exitTime",
            exit_price as "exitPrice",
            amount, fees, slippage, funding, pnl, "return", reason
          from trades where bot_id = ${botId} order by number`,
      );
      return rows.map((row) => ({ ...row }));
    },
  };
}
