import type { Instrument, Trade } from "../../market/trade.ts";
import type { RawTradesRepository } from "../../ports/store.ts";
import { numberArray, textArray, timeArray } from "./array_literal.ts";
import type { Database } from "./connection.ts";
import type { EnsurePartitions } from "./partitions.ts";

/** What kind of record a row is: trades, for now. */
const DATA_TYPE = "trade";

/** Trades in one statement. */
const BATCH = 2_000;

/** Trades in the table `raw_trades`. */
export function rawTrades(database: Database, ensure: EnsurePartitions): RawTradesRepository {
  return {
    insert: (instrument, trades) => insert(database, ensure, instrument, trades),
    between: (instrument, from, to) => between(database, instrument, from, to),
  };
}

async function insert(
  database: Database,
  ensure: EnsurePartitions,
  instrument: Instrument,
  trades: readonly Trade[],
): Promise<number> {
  await ensure("raw_trades", trades.map((trade) => trade.timestamp));
  let written = 0;
  for (let i = 0; i < trades.length; i += BATCH) {
    written += await insertBatch(database, instrument, trades.slice(i, i + BATCH));
  }
  return written;
}

async function insertBatch(
  database: Database,
  instrument: Instrument,
  trades: readonly Trade[],
): Promise<number> {
  const { exchange, symbol } = instrument;
  const context = { ...instrument, from: trades[0].timestamp, count: trades.length };
  const { count } = await database.attempt("store trades", context, (sql) =>
    sql`
      insert into raw_trades (exchange, symbol, data_type, timestamp, id, price, amount, side)
      select ${exchange}, ${symbol}, ${DATA_TYPE}, rows.*
      from unnest(
        ${timeArray(trades.map((trade) => trade.timestamp))}::timestamptz[],
        ${textArray(trades.map((trade) => trade.id))}::text[],
        ${numberArray(trades.map((trade) => trade.price))}::double precision[],
        ${numberArray(trades.map((trade) => trade.amount))}::double precision[],
        ${textArray(trades.map((trade) => trade.side))}::text[]
      ) as rows
      on conflict do nothing`);
  return count;
}

async function between(
  database: Database,
  instrument: Instrument,
  from: number,
  to: number,
): Promise<Trade[]> {
  const { exchange, symbol } = instrument;
  const rows = await database.attempt(
    "read trades",
    { ...instrument, from, to },
    (sql) =>
      sql<Trade[]>`
      select id, (extract(epoch from timestamp) * 1000)::double precision as timestamp,
        price, amount, side
      from raw_trades
      where exchange = ${exchange} and symbol = ${symbol} and data_type = ${DATA_TYPE}
        and raw_trades.timestamp >= ${new Date(from)} and raw_trades.timestamp < ${new Date(to)}
      order by raw_trades.timestamp, length(id), id`,
  );
  return rows.map((row) => ({ ...row }));
}
