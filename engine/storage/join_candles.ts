import type { Candles } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import { openTime } from "../market/timeframe.ts";
import type { MarketKey, Store } from "../ports/store.ts";
import { describeDifferences, type Difference } from "./archive/difference.ts";
import { type Known, merge, within } from "./archive/merge.ts";
import { readSeries } from "./archive/read_series.ts";
import { coverage, overlap, type Span, without } from "./archive/spans.ts";

/** Where candles are stored. */
export interface Stored {
  /** The folder of the archive. */
  root: string;
  /** The database, if there is one. */
  store: Store | undefined;
}

/** Which of the two is right where the archive and the database differ. */
export type Prefer = "archive" | "database";

/** The candles of a series in both places, as one. */
export interface Joined {
  candles: Candles;
  /** Of which time the candles are all, by the archive: absent ones were silent. */
  observed: Span[];
  differences: Difference[];
}

/** A message about differences calls the two so. */
export const PLACES = { stored: "the archive", found: "the database" };

/**
 * The candles of a series within [from, to] from the archive, and from the database, as they stand
 * after corrections, where the archive knows nothing. Where both know a candle they must agree: throws
 * an `InputError` with the first difference unless `prefer` says which is right. Where the database
 * recorded that trades may be missing, the archive is.
 */
export async function joinCandles(
  { root, store }: Stored,
  key: MarketKey,
  span: Span,
  prefer?: Prefer,
): Promise<Joined> {
  const archive = await readSeries(root, key, span), observed = coverage(archive.spans);
  if (!store) return { candles: archive.candles, observed, differences: [] };
  const database = await readDatabase(store, key, span, observed);
  const { candles, differences } = merge(archive, database, prefer === "database");
  if (differences.length === 0 || prefer) return { candles, observed, differences };
  const { exchange, symbol, timeframe } = key;
  throw new InputError(
    `The archive and the database differ in ${differences.length} candles of ${exchange} ${symbol}: ` +
      `${describeDifferences(differences, timeframe, PLACES)}. ` +
      'Say which is right with prefer: "archive" or "database"',
  );
}

/** What the database has, without what the archive knows better. */
async function readDatabase(
  { marketData }: Store,
  key: MarketKey,
  { from, to }: Span,
  observed: readonly Span[],
): Promise<Known> {
  const range = { ...(isFinite(from) && { after: from }), ...(isFinite(to) && { to }) };
  const all = await marketData.candles(key, { ...range, revision: "latest" });
  const candles = all.between(from, to), { time, timeframe } = candles;
  const spans = Array.from(time, (to) => ({ from: openTime(to, timeframe), to }));
  const gaps = coverage(await marketData.gaps(key, isFinite(from) ? { from } : {}));
  const doubtful = gaps.length === 0 ? [] : spans.filter((own) => overlap([own], gaps).length > 0);
  const known = without(coverage(spans), overlap(doubtful, observed));
  return {
    candles: within(candles, known),
    spans: known.map((span) => ({ ...span, source: "database" })),
  };
}
