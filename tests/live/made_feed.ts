import type { Instrument } from "../../engine/market/trade.ts";
import type { Feed, FeedBatch, FeedEvent } from "../../engine/ports/feed.ts";

export const BTC: Instrument = { exchange: "made", symbol: "BTC/USDT" };

/** 2024-08-08 09:00:00: exchange times are given in milliseconds from here. */
export const NINE = Date.UTC(2024, 7, 8, 9);

let ids = 0;

/** A trade that arrives `delay` milliseconds after the exchange's time `at`. */
export function event(
  at: number,
  { price = 100, amount = 1, delay = 0, instrument = BTC }: {
    price?: number;
    amount?: number;
    delay?: number;
    instrument?: Instrument;
  } = {},
): FeedEvent {
  const trade = { id: `${++ids}`, timestamp: NINE + at, price, amount, side: "buy" as const };
  return { instrument, trade, received: NINE + at + delay };
}

/** Trades that arrive together, the last of them now. */
export function batch(...events: FeedEvent[]): FeedBatch {
  return { events, now: events.at(-1)!.received };
}

/** Nothing arrives, and on our clock it is `at`. */
export function silence(at: number): FeedBatch {
  return { events: [], now: NINE + at };
}

/** A feed that gives these batches, of the instruments that are asked for. */
export function madeFeed(batches: readonly FeedBatch[]): Feed {
  return {
    priceDecimals: () => Promise.resolve(undefined),
    async *trades(instruments, _since, signal) {
      for (const { events, ...rest } of batches) {
        if (signal.aborted) return;
        await Promise.resolve();
        const isWanted = ({ instrument: { exchange, symbol } }: FeedEvent) =>
          instruments.some((one) => one.exchange === exchange && one.symbol === symbol);
        yield { events: events.filter(isWanted), ...rest };
      }
    },
  };
}
