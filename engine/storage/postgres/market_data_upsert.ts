import type postgres from "postgres";
import type { Candle } from "../../market/candles.ts";
import type { MarketKey, StoredRevision } from "../../ports/store.ts";
import { CandleConflictError, StoreError, UnreachableError } from "../../ports/store_errors.ts";
import { numberArray, textArray, timeArray } from "./array_literal.ts";
import type { Database } from "./connection.ts";

/** Candles in one statement: many enough to be fast, few enough to keep parameters small. */
const BATCH = 2_000;

/** How often a batch is tried while others write to the same series. */
const MOST_ATTEMPTS = 10;

/** What became of a batch. */
interface Outcome {
  /** Rows written: times (UTC milliseconds) and revisions. */
  written: readonly (readonly [time: number, revision: number])[];
  /** Rows that are stored with the same values. */
  same: number;
  /** Close time of the first row that is stored with other values, if it was not to be revised. */
  conflict: Date | null;
}

/**
 * Stores candles as `MarketDataRepository` says: every one or none. With `force`, other values for a
 * stored time are its next revision. Returns what was written, in time order.
 */
export async function upsertCandles(
  database: Database,
  key: MarketKey,
  candles: readonly Candle[],
  force: boolean,
): Promise<StoredRevision[]> {
  if (candles.length === 0) return [];
  const context = { ...key, from: candles[0].time, count: candles.length };
  const sorted = candles.toSorted((one, other) => one.time - other.time);
  refuseTwice(sorted, context);
  return await database.attempt("store candles", context, async (sql, alive) => {
    // What fits into one statement is written or not by itself.
    if (sorted.length <= BATCH) return await upsertBatch(sql, key, sorted, force);
    return await sql.begin(async (transaction) => {
      const written: StoredRevision[] = [];
      for (let i = 0; i < sorted.length; i += BATCH) {
        const batch = sorted.slice(i, i + BATCH);
        for (const one of await upsertBatch(transaction, key, batch, force)) written.push(one);
        alive();
      }
      return written;
    });
  });
}

function refuseTwice(sorted: readonly Candle[], context: Record<string, unknown>): void {
  const twice = sorted.find(({ time }, i) => i > 0 && time === sorted[i - 1].time);
  if (!twice) return;
  throw new StoreError(
    `Cannot store candles: ${new Date(twice.time).toISOString()} is there twice`,
    { ...context, time: twice.time },
  );
}

async function upsertBatch(
  sql: postgres.ISql,
  key: MarketKey,
  candles: readonly Candle[],
  force: boolean,
): Promise<StoredRevision[]> {
  // Again if somebody else wrote to this series at this very moment: then that is seen.
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const { written, same, conflict } = await tryBatch(sql, key, candles, force);
    if (conflict) throw conflictError(key, conflict);
    if (written.length + same < candles.length) continue;
    const revisions = new Map(written);
    return candles.flatMap((candle) => {
      const revision = revisions.get(candle.time);
      return revision === undefined ? [] : [{ candle, revision }];
    });
  }
  throw new UnreachableError("Cannot store candles: others are writing the same ones", { ...key });
}

function conflictError(key: MarketKey, time: Date): CandleConflictError {
  const { exchange, symbol, timeframe } = key;
  return new CandleConflictError(
    `Cannot store the ${timeframe} candle ${time.toISOString()} of ${symbol} on ${exchange}: ` +
      `it is stored with other values, and a closed candle does not change unless forced`,
    { ...key, time: time.getTime() },
  );
}

/**
 * Stores what is new, all of it or nothing. A candle behind the newest of its series begins as
 * revision 1: bots that went by never saw it, and who reads as decided must not either.
 *
 * That has to be right when several write at once, in one statement, which sees the tables as they
 * were when it began. So the series' row is written first, and only if nobody has written there since:
 * the row is locked until the transaction ends, and the check is made on the row as it is once it can
 * be locked. If it fails, nothing is written at all.
 */
async function tryBatch(
  sql: postgres.ISql,
  key: MarketKey,
  candles: readonly Candle[],
  force: boolean,
): Promise<Outcome> {
  const [outcome] = await sql<[Outcome]>`
    with given as (${given(sql, key, candles)}),
    seen as (
      select newest, version from market_series
      where (exchange, symbol, timeframe) = (${key.exchange}, ${key.symbol}, ${key.timeframe})
    ),
    stored as (${force ? storedLatest(sql) : storedEver(sql)}),
    conflict as (select min(timestamp) as at from stored where ${!force} and not same),
    fresh as (
      select given.*,
        coalesce(revision + 1, (timestamp < (select newest from seen))::integer, 0) as revision
      from given left join stored using (timestamp)
      where same is not true and (select at is null from conflict)
    ),
    turn as (
      insert into market_series (exchange, symbol, timeframe, newest, version)
      select exchange, symbol, timeframe, max(timestamp), 1
      from fresh group by exchange, symbol, timeframe
      on conflict (exchange, symbol, timeframe) do update
        set newest = greatest(market_series.newest, excluded.newest),
          version = market_series.version + 1
        where market_series.version = (select version from seen)
      returning 1
    ),
    written as (
      insert into market_data (exchange, symbol, timeframe, timestamp, revision,
        open, high, low, close, volume, trades, kind)
      select exchange, symbol, timeframe, timestamp, revision,
        open, high, low, close, volume, trades, kind
      from fresh where exists (select from turn)
      returning (extract(epoch from timestamp) * 1000)::double precision as time, revision
    )
    select coalesce((select json_agg(json_build_array(time, revision)) from written), '[]')
        as written,
      (select count(*)::integer from stored where same) as same,
      (select at from conflict) as conflict`;
  return outcome;
}

/** Which of the given candles are stored; any revision with the same values counts. */
function storedEver(sql: postgres.ISql) {
  return sql`
    select g.timestamp, max(m.revision) as revision, bool_or(${sameValues(sql)}) as same
    from given g join market_data m using (exchange, symbol, timeframe, timestamp)
    group by g.timestamp`;
}

/** Which of the given candles are stored, by their latest revision. */
function storedLatest(sql: postgres.ISql) {
  return sql`
    select distinct on (g.timestamp) g.timestamp, m.revision, ${sameValues(sql)} as same
    from given g join market_data m using (exchange, symbol, timeframe, timestamp)
    order by g.timestamp, m.revision desc`;
}

/** The candles as rows, the key with each. */
function given(sql: postgres.ISql, key: MarketKey, candles: readonly Candle[]) {
  const numbers = (field: "open" | "high" | "low" | "close" | "volume") =>
    numberArray(candles.map((candle) => candle[field]));
  // An unknown count is null in the table.
  const trades = candles.map((candle) => Number.isNaN(candle.trades) ? null : candle.trades);
  return sql`
    select ${key.exchange}::text as exchange, ${key.symbol}::text as symbol,
      ${key.timeframe}::text as timeframe, rows.*
    from unnest(
      ${timeArray(candles.map((candle) => candle.time))}::timestamptz[],
      ${numbers("open")}::double precision[],
      ${numbers("high")}::double precision[],
      ${numbers("low")}::double precision[],
      ${numbers("close")}::double precision[],
      ${numbers("volume")}::double precision[],
      ${numberArray(trades)}::integer[],
      ${textArray(candles.map((candle) => candle.kind))}::text[]
    ) as rows (timestamp, open, high, low, close, volume, trades, kind)`;
}

/** Whether the given candle `g` is the stored `m`. */
function sameValues(sql: postgres.ISql) {
  return sql`(
    (g.open, g.high, g.low, g.close, g.volume, g.kind)
      = (m.open, m.high, m.low, m.close, m.volume, m.kind)
    and g.trades is not distinct from m.trades)`;
}
