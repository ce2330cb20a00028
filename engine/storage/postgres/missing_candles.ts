import type postgres from "postgres";
import type { MissingCandle, MissingRepository } from "../../ports/store.ts";
import type { Database } from "./connection.ts";
import type { DecidedRows } from "./decided_rows.ts";

/** Candles that bots decided without, in the table `missing_candles`; it is written by `commit`. */
export function missingCandles(database: Database): MissingRepository {
  return {
    ofBot: async (botId, { after, to } = {}) => {
      const rows = await database.attempt(
        "read what a bot decided without",
        { botId },
        (sql) =>
          sql<MissingCandle[]>`
          select symbol, (extract(epoch from time) * 1000)::double precision as time
          from missing_candles
          where bot_id = ${botId}
            ${after === undefined ? sql`` : sql`and time > ${new Date(after)}`}
            ${to === undefined ? sql`` : sql`and time <= ${new Date(to)}`}
          order by missing_candles.time, symbol`,
      );
      return rows.map((row) => ({ ...row }));
    },
  };
}

/** The part of a commit that writes them. */
export function insertMissing(sql: postgres.ISql, rows: DecidedRows<MissingCandle>) {
  if (rows.isEmpty) return sql``;
  return sql`, new_missing as (
    insert into missing_candles (bot_id, time, symbol)
    select bot.id, time, symbol
    from bot, unnest(
      ${rows.bots}::text[],
      ${rows.times((row) => row.time)}::timestamptz[],
      ${rows.texts((row) => row.symbol)}::text[]
    ) as rows (owner, time, symbol)
    where rows.owner = bot.id
  )`;
}
