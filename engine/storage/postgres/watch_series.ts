import type postgres from "postgres";
import { nominalLength, TIMEFRAMES } from "../../market/timeframe.ts";
import type { RecordedGap } from "../../ports/store.ts";
import type { SeriesGlance } from "../../ports/watch.ts";
import { numberArray, textArray } from "./array_literal.ts";
import type { Database } from "./connection.ts";

/** Intervals of each series that are looked at. */
const INTERVALS = 100;

/** As `WatchRepository.series` says. */
export async function series(database: Database, limit: number): Promise<SeriesGlance[]> {
  const rows = await database.attempt(
    "look at the series of candles",
    { limit },
    (sql) => seriesRows(sql, limit),
  );
  return rows.map((row) => ({ ...row }));
}

/** The query: a few rows of each series, and the gaps of its instrument. */
export function seriesRows(sql: postgres.Sql, limit: number) {
  const lengths = TIMEFRAMES.map((timeframe) => nominalLength(timeframe) / 1_000);
  return sql<SeriesGlance[]>`
    select series.exchange, series.symbol, series.timeframe,
      (extract(epoch from newest) * 1000)::double precision as newest,
      least(${INTERVALS}, 1 + round(extract(epoch from newest - oldest.timestamp) / seconds)
        )::double precision as intervals,
      recent.candles, recent.empty, recent.trades, gaps.count as gaps
    from (select * from market_series order by exchange, symbol, timeframe limit ${limit}) as series
    join unnest(${textArray(TIMEFRAMES)}::text[], ${numberArray(lengths)}::double precision[])
      as length (timeframe, seconds) on length.timeframe = series.timeframe
    cross join lateral (select timestamp from market_data m
      where (m.exchange, m.symbol, m.timeframe)
        = (series.exchange, series.symbol, series.timeframe)
      order by timestamp limit 1) as oldest
    cross join lateral (
      select count(*)::double precision as candles,
        count(*) filter (where kind = 'empty')::double precision as empty,
        coalesce(sum(trades), 0)::double precision as trades
      from (select distinct on (timestamp) kind, trades from market_data m
        where (m.exchange, m.symbol, m.timeframe)
            = (series.exchange, series.symbol, series.timeframe)
          and m.timestamp > newest - (${INTERVALS} - 0.5) * seconds * interval '1 second'
        order by timestamp, revision desc) as latest
    ) as recent
    cross join lateral (select count(*)::double precision as count from market_gaps g
      where (g.exchange, g.symbol) = (series.exchange, series.symbol)) as gaps
    order by series.exchange, series.symbol, seconds`;
}

/** As `WatchRepository.recentGaps` says. */
export async function recentGaps(database: Database, limit: number): Promise<RecordedGap[]> {
  const rows = await database.attempt(
    "read the last gaps",
    { limit },
    (sql) =>
      sql<(Omit<RecordedGap, "instrument"> & RecordedGap["instrument"])[]>`
      select gap.exchange, gap.symbol,
        (extract(epoch from gap."from") * 1000)::double precision as "from",
        (extract(epoch from gap."to") * 1000)::double precision as "to", reason,
        (extract(epoch from recorded_at) * 1000)::double precision as "recordedAt"
      from (select distinct exchange, symbol from market_series) as instrument
      cross join lateral (select * from market_gaps g
        where (g.exchange, g.symbol) = (instrument.exchange, instrument.symbol)
        order by g."from" desc limit ${limit}) as gap
      order by gap."from" desc, gap.exchange, gap.symbol
      limit ${limit}`,
  );
  return rows.map(({ exchange, symbol, ...gap }) => ({ instrument: { exchange, symbol }, ...gap }));
}
