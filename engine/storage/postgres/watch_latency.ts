import type { DecisionLatency } from "../../ports/watch.ts";
import type { Database } from "./connection.ts";

/** Signals of each bot that are looked at. */
const SIGNALS = 20;

/** As `WatchRepository.decisionLatency` says. */
export async function decisionLatency(
  database: Database,
  within: number,
): Promise<DecisionLatency> {
  const [row] = await database.attempt(
    "measure how long decisions take",
    { within },
    (sql) =>
      sql<[{ signals: number; p50: number | null; p99: number | null }]>`
      select count(*)::integer as signals,
        percentile_cont(0.5) within group (order by took) as p50,
        percentile_cont(0.99) within group (order by took) as p99
      from bots cross join lateral (
        select s.decided_at, (extract(epoch from s.decided_at - s.time) * 1000)::double precision as took
        from signals s where s.bot_id = bots.id
        order by s.time desc limit ${SIGNALS}) as recent
      where recent.decided_at > now() - ${within}::double precision * interval '1 millisecond'`,
  );
  return { signals: row.signals, p50: row.p50 ?? NaN, p99: row.p99 ?? NaN };
}
