import { type Candle, Candles } from "../market/candles.ts";
import { CandleBuilder } from "../market/candle_builder.ts";
import { intervalEnd, intervalStart, nests } from "../market/timeframe.ts";
import type { MarketKey, Store } from "../ports/store.ts";
import type { Difference } from "./archive/difference.ts";
import { runs } from "./archive/holes.ts";
import { merge, within } from "./archive/merge.ts";
import { readSeries } from "./archive/read_series.ts";
import { coverage, type Span, without } from "./archive/spans.ts";
import { joinCandles, type Stored, touched } from "./join_candles.ts";

/** What the archive was held against, and what came of it. */
export interface Verified {
  /** Where the database's candles differ. */
  candles: Difference[];
  /** How many candles could be made of stored trades, and where they differ. */
  trades: { compared: number; differences: Difference[] };
}

/**
 * Holds the archive's candles of [from, to] against the database: its candles, as they stand after
 * corrections, and those that follow from its raw trades. Time of which trades may be missing is left
 * out. Nothing is changed.
 */
export async function verifyCandles(
  { root, store }: { root: string; store: Store },
  key: MarketKey,
  span: Span,
): Promise<Verified> {
  const stored: Stored = { root, store };
  const { differences } = await joinCandles(stored, key, span, "archive");
  const made = await candlesOfTrades(store, key, span);
  const sound = without(runs(made), touched(made, await store.marketData.gaps(key, span)));
  const candles = within(made, sound), spans = sound.map((own) => ({ ...own, source: "trades" }));
  const archive = await readSeries(root, key, span);
  const compared = within(candles, coverage(archive.spans)).length;
  const trades = merge(archive, { candles, spans }, false).differences;
  return { candles: differences, trades: { compared, differences: trades } };
}

/** The candles of intervals of which the first trade and one behind the last are stored. */
async function candlesOfTrades(store: Store, key: MarketKey, { from, to }: Span): Promise<Candles> {
  const rows: Candle[] = [], { timeframe } = key;
  if (!nests(timeframe, "1d")) return Candles.fromRows(timeframe, rows);
  let builder: CandleBuilder | undefined;
  for (let day = intervalStart(from, "1d"); day < to; day = intervalEnd(day, "1d")) {
    const end = Math.min(intervalEnd(day, "1d"), to);
    const trades = await store.rawTrades.between(key, "trade", Math.max(day, from), end);
    if (trades.length === 0) builder = undefined;
    // Whether a trade of the same millisecond came before the first one, nobody can tell.
    else {builder ??= new CandleBuilder({
        timeframe,
        empty: false,
        observedFrom: trades[0].timestamp + 1,
      });}
    for (const trade of trades) for (const candle of builder!.add(trade)) rows.push(candle);
  }
  return Candles.fromRows(timeframe, rows);
}
