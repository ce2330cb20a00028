import type { StoreStats } from "../../ports/store_health.ts";
import type { Database } from "./connection.ts";

/** Rows are counted up to here: some ten milliseconds. Counting on would take ever longer. */
const COUNTED = 100_000;

/** The tables and what their counts are called. */
const TABLES = {
  candles: "market_data",
  bots: "bots",
  signals: "signals",
  trades: "trades",
  performance: "bot_performance",
  rawTrades: "raw_trades",
  gaps: "market_gaps",
} as const;

type Counted = keyof typeof TABLES;
const COUNTS = Object.keys(TABLES) as Counted[];

interface Count {
  count: number;
  /** The rows as the server last reckoned, of the table and all its parts; 0 if it never did. */
  reckoned: number;
}

/** As `Store.stats` says. */
export async function stats(database: Database): Promise<StoreStats> {
  const counts = await countRows(database);
  const [rest] = await database.attempt(
    "measure the database",
    {},
    (sql) =>
      sql<[{ bytes: number; oldest: number | null; newest: number | null }]>`
      select pg_database_size(current_database())::double precision as bytes,
        (select extract(epoch from max(newest)) * 1000 from market_series)::double precision
          as newest,
        (select extract(epoch from min(candle.timestamp)) * 1000
          from market_series series, lateral (
            select timestamp from market_data
            where (exchange, symbol, timeframe)
              = (series.exchange, series.symbol, series.timeframe)
            order by timestamp limit 1) as candle)::double precision as oldest`,
  );
  const rows = Object.fromEntries(
    COUNTS.map((name) => [name, Math.max(counts[name].count, over(counts[name]))]),
  ) as Record<Counted, number>;
  return {
    ...rows,
    estimated: COUNTS.filter((name) => counts[name].count > COUNTED),
    bytes: rest.bytes,
    oldestCandle: rest.oldest ?? undefined,
    newestCandle: rest.newest ?? undefined,
  };
}

/** The estimate, where the count was broken off. */
function over({ count, reckoned }: Count): number {
  return count > COUNTED ? reckoned : 0;
}

async function countRows(database: Database): Promise<Record<Counted, Count>> {
  const counts: Partial<Record<Counted, Count>> = {};
  for (const name of COUNTS) {
    const table = TABLES[name];
    const [row] = await database.attempt("count rows", { table }, (sql) =>
      sql<[Count]>`
        select
          (select count(*)::double precision
            from (select from ${sql(table)} limit ${COUNTED + 1}) as first_rows) as count,
          (select coalesce(sum(greatest(reltuples, 0)), 0)::double precision
            from pg_class where oid in (select relid from pg_partition_tree(${table}::regclass))
              or oid = ${table}::regclass and relkind = 'r') as reckoned`);
    counts[name] = row;
  }
  return counts as Record<Counted, Count>;
}
