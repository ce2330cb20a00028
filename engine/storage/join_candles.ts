import type { Candles } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import { openTime } from "../market/timeframe.ts";
import type { MarketKey, Store } from "../ports/store.ts";
import { describeDifferences, type Difference } from "./archive/difference.ts";
import { type Known, merge, within } from "./archive/merge.ts";
import { readSeries } from "./archive/read_series.ts";
import { runs } from "./archive/holes.ts";
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

/** What the database has, without what the archive (which observed these spans) knows better. */
async function readDatabase(
  { marketData }: Store,
  key: MarketKey,
  { from, to }: Span,
  observed: readonly Span[],
): Promise<Known> {
  const since = isFinite(from) && { from }, until = isFinite(to) && { to };
  const range = { ...(since && { after: from }), ...until, revision: "latest" } as const;
  const candles = (await marketData.candles(key, range)).between(from, to);
  const gaps = await marketData.gaps(key, { ...since, ...until });
  const known = without(runs(candles), overlap(touched(candles, gaps), observed));
  return {
    candles: within(candles, known),
    spans: known.map((span) => ({ ...span, source: "database" })),
  };
}

/** The whole intervals of candles that have a part in a gap. */
export function touched({ time, timeframe }: Candles, gaps: readonly Span[]): Span[] {
  if (gaps.length === 0) return [];
  const sorted = coverage(gaps), found: Span[] = [];
  for (const to of time) {
    const from = openTime(to, timeframe);
    if (overlap([{ from, to }], sorted).length > 0) found.push({ from, to });
  }
  return found;
}
