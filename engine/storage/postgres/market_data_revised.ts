import type { CandleRange, MarketKey, Revised } from "../../ports/store.ts";
import type { Database } from "./connection.ts";

interface RevisedRow {
  count: number;
  first: number | null;
  last: number | null;
}

/** As `MarketDataRepository.revised` says. */
export async function revised(
  database: Database,
  { exchange, symbol, timeframe }: MarketKey,
  { after, to, front }: Pick<CandleRange, "after" | "to" | "front">,
): Promise<Revised> {
  const when = (time: number | undefined) => time === undefined ? null : new Date(time);
  const context = { exchange, symbol, timeframe, after, to };
  const [row] = await database.attempt(
    "look for revised candles",
    context,
    (sql) =>
      sql<[RevisedRow]>`
      select count(*)::integer as count,
        (extract(epoch from min(timestamp)) * 1000)::double precision as first,
        (extract(epoch from max(timestamp)) * 1000)::double precision as last
      from (
        select timestamp from market_data
        where exchange = ${exchange} and symbol = ${symbol} and timeframe = ${timeframe}
          and timestamp > coalesce(${when(after)}::timestamptz, '-infinity')
          and timestamp <= coalesce(${when(to)}::timestamptz, 'infinity')
        group by timestamp
        -- Behind the front it is revision 0 that was decided on, and nothing where there is none.
        having max(revision) > case
          when timestamp <= ${when(front)}::timestamptz then min(revision) else 0 end
      ) as candles`,
  );
  return { count: row.count, first: row.first ?? NaN, last: row.last ?? NaN };
}
