import type { OpenPosition } from "../../ports/watch.ts";
import { textArray } from "./array_literal.ts";
import type { Database } from "./connection.ts";

/** More entries than this into one position are not averaged, but the last so many are. */
const MOST = 1_000;

/** As `WatchRepository.positions` says. */
export async function positions(
  database: Database,
  ids: readonly string[],
): Promise<Map<string, OpenPosition>> {
  if (ids.length === 0) return new Map();
  const rows = await database.attempt(
    "read bots' open positions",
    { bots: ids.length },
    (sql) =>
      sql<(OpenPosition & { id: string })[]>`
      select bot.id, held."position",
        (extract(epoch from entered.time) * 1000)::double precision as "entryTime",
        entered.price as "entryPrice"
      from unnest(${textArray(ids)}::text[]) as bot (id)
      cross join lateral (select "position", number from fills f where f.bot_id = bot.id
        order by number desc limit 1) as held
      cross join lateral (
        select min(time) as time, sum(price * amount) / sum(amount) as price
        from (
          select time, price, amount, side, sum(case when "position" = 0 then 1 else 0 end)
            over (order by number desc) as flat
          from (select * from fills f where f.bot_id = bot.id
            order by number desc limit ${MOST}) as recent
        ) as since
        where flat = 0 and side = case when held."position" > 0 then 'buy' else 'sell' end
      ) as entered
      where held."position" <> 0`,
  );
  return new Map(rows.map(({ id, ...position }) => [id, position]));
}
