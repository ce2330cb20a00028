import type postgres from "postgres";
import type { Fill, FillRepository } from "../../ports/store.ts";
import { numberArray, textArray, timeArray } from "./array_literal.ts";
import type { Database } from "./connection.ts";
import { numberedRows } from "./numbered_rows.ts";

/** Purchases and sales in the table `fills`; they are written by `commit`. */
export function fills(database: Database): FillRepository {
  return numberedRows<Fill>(database, {
    table: "fills",
    columns: (sql) =>
      sql`(extract(epoch from time) * 1000)::double precision as time,
        side, price, amount, fee, slippage, reason, role, funding, "position", cash`,
  });
}

/** The part of a commit that writes fills, numbered on from those that are there. */
export function insertFills(sql: postgres.ISql, botId: string, rows: readonly Fill[]) {
  const numbers = (field: keyof Fill) => numberArray(rows.map((row) => Number(row[field])));
  return sql`, new_fills as (
    insert into fills (bot_id, number, time, side, price, amount, fee, slippage, reason, role,
      funding, "position", cash)
    select bot.id, before.count + ordinal, time, side, price, amount, fee, slippage, reason, role,
      funding, "position", cash
    from bot,
      (select coalesce(max(number), 0) as count from fills where bot_id = ${botId}) as before,
      unnest(
        ${timeArray(rows.map((row) => row.time))}::timestamptz[],
        ${textArray(rows.map((row) => row.side))}::text[],
        ${numbers("price")}::double precision[],
        ${numbers("amount")}::double precision[],
        ${numbers("fee")}::double precision[],
        ${numbers("slippage")}::double precision[],
        ${textArray(rows.map((row) => row.reason))}::text[],
        ${textArray(rows.map((row) => row.role))}::text[],
        ${numbers("funding")}::double precision[],
        ${numbers("position")}::double precision[],
        ${numbers("cash")}::double precision[]
      ) with ordinality as rows (time, side, price, amount, fee, slippage, reason, role, funding,
        "position", cash, ordinal)
  )`;
}
