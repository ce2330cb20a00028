import type postgres from "postgres";
import type { Wish } from "../../ports/bot_wishes.ts";
import type { VerificationRecord } from "../../ports/verification.ts";
import type { BotGlance, Glance } from "../../ports/watch.ts";
import type { Database } from "./connection.ts";

/** A row of the query: times are UTC milliseconds. */
interface GlanceRow {
  id: string;
  strategy: string | null;
  market: BotGlance["market"];
  named: BotGlance["named"][string][];
  balance: number | null;
  status: BotGlance["status"];
  reason: string;
  heartbeat: number | null;
  cursor: number | null;
  candles: number;
  maxDrawdown: number;
  restarts: number;
  createdAt: number;
  verification: VerificationRecord | null;
  asked: Wish | null;
  isHeld: boolean;
  trades: number;
  fills: number;
  refusals: number;
  lastSignal: number | null;
  time: number | null;
  equity: number;
  cash: number;
  position: number;
  drawdown: number;
}

/** As `WatchRepository.glance` says. */
export async function glance(
  database: Database,
  range: { limit: number; id?: string },
): Promise<Glance> {
  return await database.attempt("look at the bots", range, async (sql) => {
    const rows = await glanceRows(sql, range);
    // A table without bots has no row that could tell the time.
    const [{ now }] = await sql<[{ now: number }]>`
      select (extract(epoch from clock_timestamp()) * 1000)::double precision as now`;
    return { now, bots: rows.map(botOf) };
  });
}

/** The query: of each bot its own row, and the last one of each of its tables. */
export function glanceRows(sql: postgres.Sql, { limit, id }: { limit: number; id?: string }) {
  const ms = (column: ReturnType<typeof sql>) =>
    sql`(extract(epoch from ${column}) * 1000)::double precision`;
  return sql<GlanceRow[]>`
    select bots.id, config #>> '{strategy,name}' as strategy, config -> 'market' as market,
      jsonb_path_query_array(config, '$.strategy.graph.* ? (exists(@.args.symbol))') as named,
      (config #>> '{account,balance}')::double precision as balance, status, reason,
      ${ms(sql`greatest(heartbeat, decided_at)`)} as heartbeat, ${
    ms(sql`cursor`)
  } as cursor, candles,
      max_drawdown as "maxDrawdown", ${ms(sql`created_at`)} as "createdAt",
      (select count(*) from jsonb_array_elements(restarts) as restart
        where restart::double precision > extract(epoch from now() - interval '1 hour') * 1000
      )::integer as restarts,
      verification,
      (select wish from bot_wishes w where w.bot_id = bots.id and outcome = 'open'
        order by w.number desc limit 1) as asked,
      exists (select from runners where runners.id = lease_owner and until > now()) as "isHeld",
      coalesce(trade.number, 0) as trades, coalesce(fill.number, 0) as fills,
      coalesce(refusal.number, 0) as refusals, ${ms(sql`signal.time`)} as "lastSignal",
      ${ms(sql`kept.time`)} as time, kept.equity, kept.cash, kept."position", kept.drawdown
    from (select * from bots ${id === undefined ? sql`` : sql`where id = ${id}`}
      order by id limit ${limit}) as bots
    left join lateral (select * from bot_performance p where p.bot_id = bots.id
      order by p.time desc limit 1) as kept on true
    left join lateral (select number from trades t where t.bot_id = bots.id
      order by number desc limit 1) as trade on true
    left join lateral (select number from fills f where f.bot_id = bots.id
      order by number desc limit 1) as fill on true
    left join lateral (select number from refusals r where r.bot_id = bots.id
      order by number desc limit 1) as refusal on true
    left join lateral (select s.time from signals s where s.bot_id = bots.id
      order by s.time desc limit 1) as signal on true
    order by bots.id`;
}

function botOf(row: GlanceRow): BotGlance {
  const { time, equity, cash, position, drawdown, ...bot } = row;
  return {
    ...bot,
    strategy: bot.strategy ?? "",
    named: Object.fromEntries(bot.named.entries()),
    balance: bot.balance ?? NaN,
    heartbeat: bot.heartbeat ?? undefined,
    cursor: bot.cursor ?? undefined,
    verification: bot.verification ?? undefined,
    asked: bot.asked ?? undefined,
    lastSignal: bot.lastSignal ?? undefined,
    last: time === null ? undefined : { time, equity, cash, position, drawdown },
  };
}
