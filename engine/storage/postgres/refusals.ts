import type postgres from "postgres";
import type { Refusal, RefusalRepository } from "../../ports/store.ts";
import type { Database } from "./connection.ts";
import type { DecidedRows } from "./decided_rows.ts";
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
export function insertRefusals(sql: postgres.ISql, rows: DecidedRows<Refusal>) {
  if (rows.isEmpty) return sql``;
  return sql`, new_refusals as (
    insert into refusals (bot_id, number, time, side, price, reason)
    select bot.id, ordinal + (select coalesce(max(number), 0) from refusals where bot_id = bot.id),
      time, side, price, reason
    from bot, unnest(
      ${rows.bots}::text[],
      ${rows.ordinals}::integer[],
      ${rows.times((row) => row.time)}::timestamptz[],
      ${rows.texts((row) => row.side)}::text[],
      ${rows.numbers((row) => row.price)}::double precision[],
      ${rows.texts((row) => row.reason)}::text[]
    ) as rows (owner, ordinal, time, side, price, reason)
    where rows.owner = bot.id
  )`;
}
