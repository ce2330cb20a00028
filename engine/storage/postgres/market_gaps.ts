import type { Instrument } from "../../market/trade.ts";
import type { LostSpan } from "../../ports/feed.ts";
import type { RecordedGap } from "../../ports/store.ts";
import type { Database } from "./connection.ts";

/** As `MarketDataRepository.recordGap` says. Those who record gaps take turns, so none overlap. */
export async function recordGap(
  database: Database,
  { instrument, from, to, reason }: LostSpan,
): Promise<boolean> {
  const { exchange, symbol } = instrument;
  return await database.attempt(
    "record a gap",
    { ...instrument, from, to },
    (sql) =>
      sql.begin(async (transaction) => {
        await transaction`lock table market_gaps in share row exclusive mode`;
        const { count } = await transaction`
        with given as (select ${new Date(from)}::timestamptz as "from",
          ${new Date(to)}::timestamptz as "to"),
        known as (
          select coalesce(range_agg(tstzrange(gap."from", gap."to")), '{}') as spans
          from market_gaps gap, given
          where exchange = ${exchange} and symbol = ${symbol}
            and gap."from" < given."to" and gap."to" > given."from"
        ),
        new as (
          select unnest(tstzmultirange(tstzrange(given."from", given."to")) - spans) as span
          from given, known
        )
        insert into market_gaps (exchange, symbol, "from", "to", reason)
        select ${exchange}, ${symbol}, lower(span), upper(span), ${reason} from new`;
        return count > 0;
      }),
  );
}

/** As `MarketDataRepository.gaps` says. */
export async function gaps(
  database: Database,
  instrument: Instrument,
  { from, to }: { from?: number; to?: number },
): Promise<RecordedGap[]> {
  const { exchange, symbol } = instrument;
  const rows = await database.attempt(
    "read gaps",
    { ...instrument, from, to },
    (sql) =>
      sql<(Omit<RecordedGap, "instrument">)[]>`
      select (extract(epoch from "from") * 1000)::double precision as "from",
        (extract(epoch from "to") * 1000)::double precision as "to", reason,
        (extract(epoch from recorded_at) * 1000)::double precision as "recordedAt"
      from market_gaps gap
      where exchange = ${exchange} and symbol = ${symbol}
        ${from === undefined ? sql`` : sql`and gap."to" > ${new Date(from)}`}
        ${to === undefined ? sql`` : sql`and gap."from" < ${new Date(to)}`}
      order by gap."from"`,
  );
  return rows.map((row) => ({ instrument: { exchange, symbol }, ...row }));
}
