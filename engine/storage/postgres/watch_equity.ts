import type postgres from "postgres";
import type { PerformanceRow } from "../../ports/store.ts";
import { textArray } from "./array_literal.ts";
import type { Database } from "./connection.ts";

type EquityRow = PerformanceRow & { id: string };

/** As `WatchRepository.equity` says. */
export async function equity(
  database: Database,
  ids: readonly string[],
  points: number,
): Promise<Map<string, PerformanceRow[]>> {
  if (ids.length === 0) return new Map();
  const rows = await database.attempt(
    "read bots' equity at some moments",
    { bots: ids.length, points },
    (sql) => thinnedRows(sql, ids, points),
  );
  const curves = new Map<string, PerformanceRow[]>();
  for (const { id, ...row } of rows) {
    const curve = curves.get(id) ?? [];
    // Where rows are few, several moments have the same one before them.
    if (curve.at(-1)?.time !== row.time) curve.push(row);
    curves.set(id, curve);
  }
  return curves;
}

/** The query for the last row at or before each moment: a look into the index for each. */
export function thinnedRows(sql: postgres.Sql, ids: readonly string[], points: number) {
  return sql<EquityRow[]>`
    select bot.id, (extract(epoch from kept.time) * 1000)::double precision as time,
      kept.equity, kept.cash, kept."position", kept.drawdown
    from unnest(${textArray(ids)}::text[]) as bot (id)
    cross join lateral (select time from bot_performance p where p.bot_id = bot.id
      order by p.time limit 1) as oldest
    cross join lateral (select time from bot_performance p where p.bot_id = bot.id
      order by p.time desc limit 1) as newest
    cross join lateral generate_series(1, ${points}::integer) as point
    cross join lateral (select * from bot_performance p
      where p.bot_id = bot.id and p.time <= case point when ${points}::integer then newest.time
        else oldest.time
          + (newest.time - oldest.time) * (point - 1) / greatest(${points}::integer - 1, 1) end
      order by p.time desc limit 1) as kept
    order by bot.id, point`;
}
