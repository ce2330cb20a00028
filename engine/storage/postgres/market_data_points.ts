import type { Instrument } from "../../market/trade.ts";
import type { MarketDataPoint } from "../../ports/raw_trades.ts";
import { StoreError } from "../../ports/store_errors.ts";
import { textArray, timeArray } from "./array_literal.ts";
import type { Database } from "./connection.ts";
import { inIdOrder, readPages } from "./pages.ts";
import type { Partitions } from "./partitions.ts";

/** Points in one statement: books may be large. */
const BATCH = 500;

/** As `RawTradesRepository.insertMarketDataPoints` says, for anything but trades. */
export async function insertPoints(
  database: Database,
  partitions: Partitions,
  instrument: Instrument,
  dataType: string,
  points: readonly MarketDataPoint[],
): Promise<number> {
  let written = 0;
  for (let i = 0; i < points.length; i += BATCH) {
    const batch = points.slice(i, i + BATCH), times = batch.map((point) => point.timestamp);
    const texts = batch.map((point) => jsonOf(point, instrument, dataType));
    written += await partitions.writing(
      "raw_trades",
      times,
      () => insertBatch(database, instrument, dataType, batch, texts),
    );
  }
  return written;
}

function jsonOf({ timestamp, data }: MarketDataPoint, instrument: Instrument, dataType: string) {
  const text: string | undefined = JSON.stringify(data);
  if (text !== undefined) return text;
  throw new StoreError(
    `Cannot store a ${dataType}: its data has to be something that JSON can write, not ${typeof data}`,
    { ...instrument, dataType, timestamp },
  );
}

async function insertBatch(
  database: Database,
  instrument: Instrument,
  dataType: string,
  points: readonly MarketDataPoint[],
  texts: readonly string[],
): Promise<number> {
  const { exchange, symbol } = instrument;
  const context = { ...instrument, dataType, from: points[0].timestamp, count: points.length };
  const { count } = await database.attempt("store market data", context, (sql) =>
    sql`
      insert into raw_trades (exchange, symbol, data_type, timestamp, id, data)
      select ${exchange}, ${symbol}, ${dataType}, timestamp,
        coalesce(id, encode(sha256(convert_to(data, 'UTF8')), 'hex')), data::jsonb
      from unnest(
        ${timeArray(points.map((point) => point.timestamp))}::timestamptz[],
        ${textArray(points.map((point) => point.id))}::text[],
        ${textArray(texts)}::text[]
      ) as rows (timestamp, id, data)
      on conflict do nothing`);
  return count;
}

/** As `RawTradesRepository.between` says, for anything but trades. */
export async function pointsBetween(
  database: Database,
  instrument: Instrument,
  dataType: string,
  from: number,
  to: number,
): Promise<MarketDataPoint[]> {
  const { exchange, symbol } = instrument;
  type Row = Required<MarketDataPoint>;
  const rows = await readPages<Row>(
    from,
    (last, limit) =>
      database.attempt(
        "read market data",
        { ...instrument, dataType, from, to },
        (sql) =>
          sql<Row[]>`
        select (extract(epoch from timestamp) * 1000)::double precision as timestamp, id, data
        from raw_trades
        where exchange = ${exchange} and symbol = ${symbol} and data_type = ${dataType}
          and raw_trades.timestamp >= ${new Date(last.timestamp)}
          and raw_trades.timestamp < ${new Date(to)}
          and (raw_trades.timestamp, id) > (${new Date(last.timestamp)}, ${last.id})
        order by raw_trades.timestamp, id
        limit ${limit}`,
      ),
  );
  return inIdOrder(rows.map((row) => ({ ...row })));
}
