import { Candles } from "../../engine/market/candles.ts";
import type { Feed, FeedEvent } from "../../engine/ports/feed.ts";
import type { Store } from "../../engine/ports/store.ts";

/** A feed whose every event passes through `change`, which may leave it out. */
export function changedFeed(
  feed: Feed,
  change: (event: FeedEvent) => FeedEvent | undefined,
): Feed {
  return {
    priceDecimals: (instrument) => feed.priceDecimals(instrument),
    async *trades(...wanted) {
      for await (const batch of feed.trades(...wanted)) {
        const events = batch.events.map(change).filter((event) => event !== undefined);
        yield { ...batch, events };
      }
    },
  };
}

/** A feed that ends after so many trades. */
export function shortFeed(feed: Feed, trades: number): Feed {
  return {
    priceDecimals: (instrument) => feed.priceDecimals(instrument),
    async *trades(...wanted) {
      let left = trades;
      for await (const batch of feed.trades(...wanted)) {
        const { events } = batch;
        if (events.length < left) yield batch;
        else return yield { events: events.slice(0, left), now: events[left - 1].received };
        left -= events.length;
      }
    },
  };
}

/** A store that has lost the states of the bots. */
export function withoutSnapshots(store: Store): Store {
  return { ...store, bots: { ...store.bots, snapshot: () => Promise.resolve(undefined) } };
}

/** A store by which a bot decides a candle of every chunk twice, and writes it down once. */
export function withCandlesTwice(store: Store): Store {
  const { marketData } = store;
  const once = <Row extends { time: number }>(rows: readonly Row[]) =>
    rows.filter(({ time }, i) => rows.findIndex((row) => row.time === time) === i);
  return {
    ...store,
    marketData: {
      ...marketData,
      async candles(key, range) {
        const rows = (await marketData.candles(key, range)).rows(), middle = rows.length >> 1;
        return Candles.fromRows(
          key.timeframe,
          rows.toSpliced(middle, 0, ...rows.slice(middle, middle + 1)),
        );
      },
    },
    commit: (decision) =>
      store.commit({
        ...decision,
        signals: once(decision.signals),
        performance: once(decision.performance),
      }),
  };
}
