import type postgres from "postgres";
import {
  allocateColumns,
  type Candle,
  Candles,
  KINDS,
  priceDecimals,
} from "../../market/candles.ts";
import type { CandleRange, MarketKey, Revision } from "../../ports/store.ts";
import type { Database } from "./connection.ts";

/** Rows in one statement, so that none takes long, however much is read. */
const PAGE = 20_000;

interface CandleRow {
  time: number;
  revision: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  trades: number | null;
  kind: Candle["kind"];
}

/** As `MarketDataRepository.candles` says. */
export async function readCandles(
  database: Database,
  key: MarketKey,
  { after, to, limit = Infinity, revision = "decided", front }: CandleRange,
): Promise<Candles> {
  const rows: CandleRow[] = [], first = revision === "decided";
  // Of a candle's revisions the last one counts, and the row behind `limit` tells that it was there.
  const enough = first ? limit : limit + 1;
  let last: CandleRow | undefined;
  while (rows.length < enough) {
    const size = Math.min(PAGE, enough - rows.length);
    const page = await database.attempt(
      "read candles",
      { ...key, after, to },
      (sql) => candleRows(sql, key, { after, to, limit: size, revision, front }, last),
    );
    for (const row of page) {
      const isAgain = rows.at(-1)?.time === row.time;
      if (isAgain && !first) rows.pop();
      if (!isAgain || !first) rows.push(row);
    }
    if (page.length < size) break;
    last = page[page.length - 1];
  }
  return columnsOf(key, rows.length > limit ? rows.slice(0, limit) : rows);
}

/** The query for up to `limit` stored rows behind `last`, in the order of the primary key. */
export function candleRows(
  sql: postgres.Sql,
  key: MarketKey,
  { after, to, limit, revision, front }: CandleRange,
  last?: { time: number; revision: number },
) {
  const behind = last
    ? sql`and (timestamp, revision) > (${new Date(last.time)}, ${last.revision}::integer)`
    : after === undefined
    ? sql``
    : sql`and timestamp > ${new Date(after)}`;
  return sql<CandleRow[]>`
    ${rowsOf(sql, key, revision, front)} ${behind}
      ${to === undefined ? sql`` : sql`and timestamp <= ${new Date(to)}`}
    order by timestamp, revision
    limit ${limit ?? null}`;
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

/** As `MarketDataRepository.latestCandle` says. */
export async function latestCandle(
  database: Database,
  key: MarketKey,
  reading: Revision,
): Promise<Candle | undefined> {
  const [row] = await database.attempt(
    "read the latest candle",
    { ...key },
    (sql) => newestRow(sql, key, reading),
  );
  if (!row) return undefined;
  const { revision: _, ...candle } = row;
  return { ...candle, trades: row.trades ?? NaN };
}

/** The query for the newest stored row. */
export function newestRow(
  sql: postgres.Sql,
  key: MarketKey,
  reading: Revision,
) {
  return sql<CandleRow[]>`
    ${rowsOf(sql, key, reading)}
    order by timestamp desc, revision desc
    limit 1`;
}

/** The stored rows of a series, by which they are read. */
function rowsOf(
  sql: postgres.Sql,
  { exchange, symbol, timeframe }: MarketKey,
  reading: Revision | undefined,
  front?: number,
) {
  const inFront = front === undefined ? sql`` : sql`or timestamp <= ${new Date(front)}`;
  return sql`
    select (extract(epoch from timestamp) * 1000)::double precision as time, revision,
      open, high, low, close, volume, trades, kind
    from market_data
    where exchange = ${exchange} and symbol = ${symbol} and timeframe = ${timeframe}
      ${reading === "decided" ? sql`and (revision = 0 ${inFront})` : sql``}`;
}
