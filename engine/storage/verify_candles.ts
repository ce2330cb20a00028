import { type Candle, Candles } from "../market/candles.ts";
import { CandleBuilder } from "../market/candle_builder.ts";
import { intervalEnd, intervalStart, nests, type Timeframe } from "../market/timeframe.ts";
import type { MarketKey, Store } from "../ports/store.ts";
import type { Difference } from "./archive/difference.ts";
import { runs } from "./archive/holes.ts";
import { merge, within } from "./archive/merge.ts";
import { readSeries } from "./archive/read_series.ts";
import { coverage, type Span, without } from "./archive/spans.ts";
import { joinCandles, type Stored, touched } from "./join_candles.ts";
import { unkeptTrades } from "./unkept_trades.ts";

/** What the archive was held against, and what came of it. */
export interface Verified {
  /** Where the database's candles differ. */
  candles: Difference[];
  /** How many candles could be made of stored trades, and where they differ. */
  trades: { compared: number; differences: Difference[] };
}

/**
 * Holds the archive's candles of [from, to] against the database: its candles, as they stand after
 * corrections, and those that follow from its raw trades. Time of which trades may be missing, or were
 * not all kept, is left out. Nothing is changed.
 */
export async function verifyCandles(
  { root, store }: { root: string; store: Store },
  key: MarketKey,
  span: Span,
): Promise<Verified> {
  const stored: Stored = { root, store };
  const { differences } = await joinCandles(stored, key, span, "archive");
  const { made, unkept } = await candlesOfTrades(store, key, span);
  const gaps = await store.marketData.gaps(key, span);
  const sound = without(runs(made), touched(made, [...gaps, ...unkept]));
  const candles = within(made, sound), spans = sound.map((own) => ({ ...own, source: "trades" }));
  const archive = await readSeries(root, key, span);
  const compared = within(candles, coverage(archive.spans)).length;
  const trades = merge(archive, { candles, spans }, false).differences;
  return { candles: differences, trades: { compared, differences: trades } };
}

/** The candles of intervals of which the first trade and one behind the last are stored. */
async function candlesOfTrades(
  store: Store,
  key: MarketKey,
  { from, to }: Span,
): Promise<{ made: Candles; unkept: Span[] }> {
  const rows: Candle[] = [], unkept: Span[] = [], { timeframe } = key;
  if (!nests(timeframe, "1d")) return { made: Candles.fromRows(timeframe, rows), unkept };
  let builder: CandleBuilder | undefined;
  for (let day = intervalStart(from, "1d"); day < to; day = intervalEnd(day, "1d")) {
    const span = { from: Math.max(day, from), to: Math.min(intervalEnd(day, "1d"), to) };
    const trades = await store.rawTrades.between(key, "trade", span.from, span.to);
    if (trades.length === 0) {
      builder = undefined;
      continue;
    }
    unkept.push(...await unkeptTrades(store, key, span, trades));
    // Whether a trade of the same millisecond came before the first one, nobody can tell.
    builder ??= builderFrom(timeframe, trades[0].timestamp + 1);
    for (const trade of trades) for (const candle of builder.add(trade)) rows.push(candle);
  }
  return { made: Candles.fromRows(timeframe, rows), unkept };
}

function builderFrom(timeframe: Timeframe, observedFrom: number): CandleBuilder {
  return new CandleBuilder({ timeframe, empty: false, observedFrom });
}
