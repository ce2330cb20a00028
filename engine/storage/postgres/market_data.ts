import {
  allocateColumns,
  type Candle,
  Candles,
  KINDS,
  priceDecimals,
} from "../../market/candles.ts";
import type { CandleRange, MarketDataRepository, MarketKey } from "../../ports/store.ts";
import type { Database } from "./connection.ts";
import { upsertCandles } from "./market_data_upsert.ts";

interface CandleRow {
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  trades: number | null;
  kind: Candle["kind"];
}

/** Candles in the table `market_data`. */
export function marketData(database: Database): MarketDataRepository {
  return {
    upsertCandle: async (key, candle, options) =>
      await upsertCandles(database, key, [candle], options?.force ?? false) === 1,
    upsertCandles: (key, rows, options) =>
      upsertCandles(database, key, rows, options?.force ?? false),
    candles: (key, range = {}) => readCandles(database, key, range),
    latestCandle: (key) => latestCandle(database, key),
  };
}

async function readCandles(
  database: Database,
  key: MarketKey,
  { after, to, limit, revision = "decided" }: CandleRange,
): Promise<Candles> {
  const { exchange, symbol, timeframe } = key;
  const rows = await database.attempt("read candles", { ...key }, (sql) =>
    sql<CandleRow[]>`
      select ${revision === "latest" ? sql`distinct on (timestamp)` : sql``}
        (extract(epoch from timestamp) * 1000)::double precision as time,
        open, high, low, close, volume, trades, kind
      from market_data
      where exchange = ${exchange} and symbol = ${symbol} and timeframe = ${timeframe}
        ${revision === "decided" ? sql`and revision = 0` : sql``}
        ${after === undefined ? sql`` : sql`and timestamp > ${new Date(after)}`}
        ${to === undefined ? sql`` : sql`and timestamp <= ${new Date(to)}`}
      order by timestamp, revision desc
      limit ${limit ?? null}`);
  return columnsOf(key, rows);
}

function columnsOf({ timeframe }: MarketKey, rows: readonly CandleRow[]): Candles {
  const columns = allocateColumns(rows.length);
  rows.forEach((row, i) => {
    columns.time[i] = row.time;
    columns.open[i] = row.open;
    columns.high[i] = row.high;
    columns.low[i] = row.low;
    columns.close[i] = row.close;
    columns.volume[i] = row.volume;
    columns.trades[i] = row.trades ?? NaN;
    columns.kind[i] = KINDS.indexOf(row.kind);
  });
  return new Candles(timeframe, columns, priceDecimals(columns));
}

async function latestCandle(database: Database, key: MarketKey): Promise<Candle | undefined> {
  const { exchange, symbol, timeframe } = key;
  const [row] = await database.attempt(
    "read the latest candle",
    { ...key },
    (sql) =>
      sql<CandleRow[]>`
      select (extract(epoch from timestamp) * 1000)::double precision as time,
        open, high, low, close, volume, trades, kind
      from market_data
      where exchange = ${exchange} and symbol = ${symbol} and timeframe = ${timeframe}
      order by timestamp desc, revision desc
      limit 1`,
  );
  return row && { ...row, trades: row.trades ?? NaN };
}
