import type postgres from "postgres";
import type { Fill, FillRepository } from "../../ports/store.ts";
import type { Database } from "./connection.ts";
import type { DecidedRows } from "./decided_rows.ts";
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
export function insertFills(sql: postgres.ISql, rows: DecidedRows<Fill>) {
  if (rows.isEmpty) return sql``;
  return sql`, new_fills as (
    insert into fills (bot_id, number, time, side, price, amount, fee, slippage, reason, role,
      funding, "position", cash)
    select bot.id, ordinal + (select coalesce(max(number), 0) from fills where bot_id = bot.id),
      time, side, price, amount, fee, slippage, reason, role, funding, "position", cash
    from bot, unnest(
      ${rows.bots}::text[],
      ${rows.ordinals}::integer[],
      ${rows.times((row) => row.time)}::timestamptz[],
      ${rows.texts((row) => row.side)}::text[],
      ${rows.numbers((row) => row.price)}::double precision[],
      ${rows.numbers((row) => row.amount)}::double precision[],
      ${rows.numbers((row) => row.fee)}::double precision[],
      ${rows.numbers((row) => row.slippage)}::double precision[],
      ${rows.texts((row) => row.reason)}::text[],
      ${rows.texts((row) => row.role)}::text[],
      ${rows.numbers((row) => row.funding)}::double precision[],
      ${rows.numbers((row) => row.position)}::double precision[],
      ${rows.numbers((row) => row.cash)}::double precision[]
    ) as rows (owner, ordinal, time, side, price, amount, fee, slippage, reason, role, funding,
      "position", cash)
    where rows.owner = bot.id
  )`;
}
