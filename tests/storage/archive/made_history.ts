import type { Candle } from "../../../engine/market/candles.ts";
import { closeTime, intervalEnd } from "../../../engine/market/timeframe.ts";
import type { CandlePage, History } from "../../../engine/ports/history.ts";
import type { MarketKey } from "../../../engine/ports/store.ts";

/** How a made exchange behaves. */
export interface MadeHistoryOptions {
  /** Candles a page at most. */
  page?: number;
  /** Milliseconds that a page takes. */
  wait?: number;
  /** Whether nobody trades in the interval that opens then: it has no candle. */
  silent?: (open: number) => boolean;
  /** Throws instead of giving the page that begins there. */
  refuse?: (from: number) => Error | undefined;
}

/** An exchange whose candles follow from their times, so that any way of asking gives the same. */
export function madeHistory(
  options: MadeHistoryOptions = {},
): History & { asked: [number, number][] } {
  const { page = 100, wait = 0, silent = () => false, refuse = () => undefined } = options;
  const asked: [number, number][] = [];
  return {
    asked,
    async *candles({ timeframe }: MarketKey, from, to, signal): AsyncGenerator<CandlePage> {
      asked.push([from, to]);
      let open = closeTime(from - 1, timeframe);
      while (intervalEnd(open, timeframe) <= to && !signal.aborted) {
        const error = refuse(open), candles: Candle[] = [];
        if (error) throw error;
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        for (let i = 0; i < page && intervalEnd(open, timeframe) <= to; i++) {
          const time = intervalEnd(open, timeframe);
          if (!silent(open)) candles.push(madeCandle(time));
          open = time;
        }
        yield { candles, through: open };
      }
    },
  };
}

/** The candle that closes then: prices in cents, so that files are like real ones. */
export function madeCandle(time: number): Candle {
  const wave = (period: number) => Math.round(5_000 * Math.sin(time / period));
  const open = 6_000_000 + wave(7e6), close = 6_000_000 + wave(7.1e6);
  return {
    time,
    open: open / 100,
    high: (Math.max(open, close) + time / 60_000 % 17) / 100,
    low: (Math.min(open, close) - time / 60_000 % 13) / 100,
    close: close / 100,
    volume: (time / 1_000 % 9_973) / 1_000,
    trades: NaN,
    kind: "backfilled",
  };
}
