import { type Candles, KINDS } from "../market/candles.ts";
import { closeTime, openTime, type Timeframe } from "../market/timeframe.ts";
import type { Trade } from "../market/trade.ts";
import type { MarketKey, Store } from "../ports/store.ts";
import type { Span } from "./archive/spans.ts";

/** What a collector makes of trades itself; longer candles are made of these. */
const COLLECTED: readonly Timeframe[] = ["1s", "1m"];

const BACKFILLED = KINDS.indexOf("backfilled");

/**
 * Where not all trades of a span were stored, though they were seen: a collector that keeps them only
 * for a part of its time has made candles of more trades than are there. Likewise where the exchange's
 * own candle had to stand in, since the trades were not seen as a whole. `trades` are those of the span.
 */
export async function unkeptTrades(
  store: Store,
  { exchange, symbol }: Pick<MarketKey, "exchange" | "symbol">,
  { from, to }: Span,
  trades: readonly Trade[],
): Promise<Span[]> {
  const unkept: Span[] = [];
  for (const timeframe of COLLECTED) {
    const range = { after: from, to, revision: "latest" } as const;
    const key = { exchange, symbol, timeframe };
    const candles = (await store.marketData.candles(key, range)).between(from, to);
    const counts = Map.groupBy(trades, ({ timestamp }) => closeTime(timestamp, timeframe));
    for (let i = 0; i < candles.length; i++) {
      const { time } = candles, kept = counts.get(time[i])?.length ?? 0;
      if (lacks(candles, i, kept)) unkept.push({ from: openTime(time[i], timeframe), to: time[i] });
    }
  }
  return unkept;
}

function lacks({ trades, kind }: Candles, i: number, kept: number): boolean {
  return kind[i] === BACKFILLED || kept < trades[i];
}
