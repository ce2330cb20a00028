import type postgres from "postgres";
import type { Candle } from "../../market/candles.ts";
import type { MarketKey } from "../../ports/store.ts";
import { CandleConflictError, StoreError } from "../../ports/store_errors.ts";
import { numberArray, textArray, timeArray } from "./array_literal.ts";
import type { Database } from "./connection.ts";

/** Candles in one statement: many enough to be fast, few enough to keep parameters small. */
const BATCH = 2_000;

/** How often a batch is tried that others write at the same time. */
const MOST_ATTEMPTS = 10;

/** What became of a batch. */
interface Outcome {
  /** Rows written. */
  written: number;
  /** Rows that are stored with the same values. */
  same: number;
  /** Close time of the first row that is stored with other values, if it was not to be revised. */
  conflict: Date | null;
}

/** As `MarketDataRepository.upsertCandles` says. Writes every candle or none. */
export async function upsertCandles(
  database: Database,
  key: MarketKey,
  candles: readonly Candle[],
  force: boolean,
): Promise<number> {
  if (candles.length === 0) return 0;
  const context = { ...key, from: candles[0].time, count: candles.length };
  refuseTwice(candles, context);
  return await database.attempt("store candles", context, async (sql) => {
    // One candle, as in live, is written or not by itself.
    if (candles.length === 1) return await upsertBatch(sql, key, candles, force);
    return await sql.begin(async (transaction) => {
      let written = 0;
      for (let i = 0; i < candles.length; i += BATCH) {
        written += await upsertBatch(transaction, key, candles.slice(i, i + BATCH), force);
      }
      return written;
    });
  });
}

function refuseTwice(candles: readonly Candle[], context: Record<string, unknown>): void {
  const times = new Set<number>();
  for (const { time } of candles) {
    if (times.has(time)) {
      throw new StoreError(
        `Cannot store candles: ${new Date(time).toISOString()} is there twice`,
        { ...context, time },
      );
    }
    times.add(time);
  }
}

async function upsertBatch(
  sql: postgres.ISql,
  key: MarketKey,
  candles: readonly Candle[],
  force: boolean,
): Promise<number> {
  let total = 0;
  // Again if somebody else stored one of these candles at this very moment: then it is seen.
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const { written, same, conflict } = await (force ? revise : insert)(sql, key, candles);
    total += written;
    if (conflict) throw conflictError(key, conflict);
    if (written + same === candles.length) return total;
  }
  throw new StoreError("Cannot store candles: others are writing the same ones", { ...key });
}

function conflictError(key: MarketKey, time: Date): CandleConflictError {
  const { exchange, symbol, timeframe } = key;
  return new CandleConflictError(
    `Cannot store the ${timeframe} candle ${time.toISOString()} of ${symbol} on ${exchange}: ` +
      `it is stored with other values, and a closed candle does not change unless forced`,
    { ...key, time: time.getTime() },
  );
}

/** Stores new candles. Any stored revision with the same values counts as stored. */
async function insert(
  sql: postgres.ISql,
  key: MarketKey,
  candles: readonly Candle[],
): Promise<Outcome> {
  const [outcome] = await sql<[Outcome]>`
    with given as (${given(sql, key, candles)}),
    stored as (
      select g.timestamp, bool_or(${sameValues(sql)}) as same
      from given g join market_data m using (exchange, symbol, timeframe, timestamp)
      group by g.timestamp
    ),
    conflict as (select min(timestamp) as at from stored where not same),
    written as (
      insert into market_data
        (exchange, symbol, timeframe, timestamp, revision, open, high, low, close, volume, trades, kind)
      select exchange, symbol, timeframe, timestamp, 0, open, high, low, close, volume, trades, kind
      from given where (select at is null from conflict)
      on conflict do nothing
      returning 1
    )
    select (select count(*)::integer from written) as written,
      (select count(*)::integer from stored where same) as same,
      (select at from conflict) as conflict`;
  return outcome;
}

/** Stores candles that differ from the latest revision as the next one. */
async function revise(
  sql: postgres.ISql,
  key: MarketKey,
  candles: readonly Candle[],
): Promise<Outcome> {
  const [outcome] = await sql<[Outcome]>`
    with given as (${given(sql, key, candles)}),
    stored as (
      select distinct on (g.timestamp) g.timestamp, m.revision, ${sameValues(sql)} as same
      from given g join market_data m using (exchange, symbol, timeframe, timestamp)
      order by g.timestamp, m.revision desc
    ),
    written as (
      insert into market_data
        (exchange, symbol, timeframe, timestamp, revision, open, high, low, close, volume, trades, kind)
      select exchange, symbol, timeframe, timestamp, coalesce(revision + 1, 0),
        open, high, low, close, volume, trades, kind
      from given left join stored using (timestamp) where same is not true
      on conflict do nothing
      returning 1
    )
    select (select count(*)::integer from written) as written,
      (select count(*)::integer from stored where same) as same,
      null::timestamptz as conflict`;
  return outcome;
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
