import type postgres from "postgres";
import type { Refusal, RefusalRepository } from "../../ports/store.ts";
import { numberArray, textArray, timeArray } from "./array_literal.ts";
import type { Database } from "./connection.ts";
import { numberedRows } from "./numbered_rows.ts";

/** What bots were refused, in the table `refusals`; it is written by `commit`. */
export function refusals(database: Database): RefusalRepository {
  return numberedRows<Refusal>(database, {
    table: "refusals",
    columns: (sql) =>
      sql`(extract(epoch from time) * 1000)::double precision as time, side, price, reason`,
  });
}

/** The part of a commit that writes refusals, numbered on from those that are there. */
export function insertRefusals(sql: postgres.ISql, botId: string, rows: readonly Refusal[]) {
  return sql`, new_refusals as (
    insert into refusals (bot_id, number, time, side, price, reason)
    select bot.id, before.count + ordinal, time, side, price, reason
    from bot,
      (select coalesce(max(number), 0) as count from refusals where bot_id = ${botId}) as before,
      unnest(
        ${timeArray(rows.map((row) => row.time))}::timestamptz[],
        ${textArray(rows.map((row) => row.side))}::text[],
        ${numberArray(rows.map((row) => row.price))}::double precision[],
        ${textArray(rows.map((row) => row.reason))}::text[]
      ) with ordinality as rows (time, side, price, reason, ordinal)
  )`;
}
