import type { Candle } from "../../engine/market/candles.ts";
import { intervalEnd } from "../../engine/market/timeframe.ts";
import type { FeedBatch, FeedEvent } from "../../engine/ports/feed.ts";
import type { History } from "../../engine/ports/history.ts";
import { batch, BTC, NINE, silence } from "./made_feed.ts";

/** What the feed could not observe, in milliseconds after nine. */
export function lost(from: number, to: number, ...events: FeedEvent[]): FeedBatch {
  const span = { instrument: BTC, from: NINE + from, to: NINE + to, reason: "the line was cut" };
  return { ...(events.length > 0 ? batch(...events) : silence(to)), lost: [span] };
}

/** An exchange's own record that has a candle wherever `closes` says what its close was. */
export function madeHistory(closes: Readonly<Record<number, number>>): History {
  return {
    async *candles({ timeframe }, from, to) {
      await Promise.resolve();
      const candles: Candle[] = [];
      for (
        let time = intervalEnd(from, timeframe);
        time <= to;
        time = intervalEnd(time, timeframe)
      ) {
        const close = closes[(time - NINE) / 1_000];
        if (close === undefined) continue;
        const prices = { open: close, high: close + 1, low: close, close };
        candles.push({ time, ...prices, volume: 2, trades: NaN, kind: "backfilled" });
      }
      yield { candles, through: to };
    },
  };
}
