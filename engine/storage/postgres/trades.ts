import type { ClosedTrade, TradeRepository } from "../../ports/store.ts";
import type { Database } from "./connection.ts";
import { rowsOfBot } from "./count_rows.ts";
import { numberedRows } from "./numbered_rows.ts";

/** Closed trades in the table `trades`; they are written by `commit`. */
export function trades(database: Database): TradeRepository {
  const rows = numberedRows<ClosedTrade>(database, {
    table: "trades",
    columns: (sql) =>
      sql`side,
        (extract(epoch from entry_time) * 1000)::double precision as "entryTime",
        entry_price as "entryPrice",
        (extract(epoch from exit_time) * 1000)::double precision as "exitTime",
        exit_price as "exitPrice",
        amount, fees, slippage, funding, pnl, "return", reason`,
  });
  return { ...rows, count: (botId) => rowsOfBot(database, "trades", botId) };
}
