import type postgres from "postgres";
import type { Instrument, Trade } from "../../market/trade.ts";
import { numberArray, textArray, timeArray } from "./array_literal.ts";
import type { Database } from "./connection.ts";
import { inIdOrder, type Place, readPages } from "./pages.ts";
import type { Partitions } from "./partitions.ts";

/** The data type of trades. */
export const TRADE = "trade";

/** Trades in one statement. */
const BATCH = 2_000;

/** As `RawTradesRepository.insert` says. */
export async function insertTrades(
  database: Database,
  partitions: Partitions,
  instrument: Instrument,
  trades: readonly Trade[],
): Promise<number> {
  let written = 0;
  for (let i = 0; i < trades.length; i += BATCH) {
    const batch = trades.slice(i, i + BATCH), times = batch.map((trade) => trade.timestamp);
    written += await partitions.writing(
      "raw_trades",
      times,
      () => insertBatch(database, instrument, batch),
    );
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
      insert into raw_trades (exchange, symbol, data_type, timestamp, id, price, amount, side,
        fills)
      select ${exchange}, ${symbol}, ${TRADE}, rows.*
      from unnest(
        ${timeArray(trades.map((trade) => trade.timestamp))}::timestamptz[],
        ${textArray(trades.map((trade) => trade.id))}::text[],
        ${numberArray(trades.map((trade) => trade.price))}::double precision[],
        ${numberArray(trades.map((trade) => trade.amount))}::double precision[],
        ${textArray(trades.map((trade) => trade.side))}::text[],
        ${numberArray(trades.map(({ fills = 1 }) => fills > 1 ? fills : null))}::integer[]
      ) as rows
      on conflict do nothing`);
  return count;
}

/** As `RawTradesRepository.between` says. */
export async function tradesBetween(
  database: Database,
  instrument: Instrument,
  from: number,
  to: number,
): Promise<Trade[]> {
  const rows = await readPages<TradeRow>(
    from,
    (last, limit) =>
      database.attempt(
        "read trades",
        { ...instrument, from, to },
        (sql) => tradeRows(sql, instrument, last, to, limit),
      ),
  );
  return inIdOrder(rows.map(({ fills, ...row }) => fills === null ? row : { ...row, fills }));
}

/** A trade as it is stored: for one fill, as most are, nothing is said. */
type TradeRow = Omit<Trade, "fills"> & { fills: number | null };

/** The query for up to `limit` trades behind `last` and before `to`, in the primary key's order. */
export function tradeRows(
  sql: postgres.Sql,
  { exchange, symbol }: Instrument,
  last: Place,
  to: number,
  limit: number,
) {
  const from = new Date(last.timestamp);
  return sql<TradeRow[]>`
    select id, (extract(epoch from timestamp) * 1000)::double precision as timestamp,
      price, amount, side, fills
    from raw_trades
    where exchange = ${exchange} and symbol = ${symbol} and data_type = ${TRADE}
      and raw_trades.timestamp >= ${from} and raw_trades.timestamp < ${new Date(to)}
      and (raw_trades.timestamp, id) > (${from}, ${last.id})
    order by raw_trades.timestamp, id
    limit ${limit}`;
}
