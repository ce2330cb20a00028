import type { Feed } from "../../engine/ports/feed.ts";
import type { DialectName } from "../support/fake_exchange/dialect.ts";
import { madeRows } from "../support/fake_exchange/made_rows.ts";
import { feedContract } from "./feed_contract.ts";
import { DIALECTS, feedOf, stepped } from "./stepped_feed.ts";

/** Trades a few milliseconds apart, of which none comes before those that are older. */
const CALM = madeRows(40).map((row, i) => {
  const timestamp = 1_723_107_600_000 + 40 * i;
  return { ...row, trade: { ...row.trade, timestamp }, received: timestamp };
});

/** A feed of a source that ends: each trade is made public when the one before it was heard. */
function endingFeed(dialect: DialectName): Feed {
  return {
    priceDecimals: () => Promise.resolve(undefined),
    async *trades(instruments, since, signal) {
      const exchange = await stepped(dialect, CALM), stop = new AbortController();
      const feed = feedOf(dialect, exchange), either = AbortSignal.any([signal, stop.signal]);
      const wanted = CALM.filter(({ instrument }) =>
        instruments.some((one) => one.exchange === dialect && one.symbol === instrument.symbol)
      );
      const symbols = new Set(wanted.map(({ instrument }) => instrument.symbol));
      let heard = 0, at = 0, idle = 0;
      const step = () => {
        const next = wanted[at++];
        if (next) exchange.advance(next.trade.timestamp - exchange.now());
      };
      try {
        for await (const batch of feed.trades(instruments, since, either)) {
          if (at === 0 && exchange.sockets().subscribed < symbols.size) continue;
          heard += batch.events.length;
          idle = batch.events.length > 0 ? 0 : idle + 1;
          yield batch;
          // Older trades than are asked for need not be heard.
          if (heard < at && idle < 5) continue;
          if (at === wanted.length) stop.abort();
          step();
        }
      } finally {
        await exchange.stop();
      }
    },
  };
}

for (const dialect of DIALECTS) {
  feedContract(`a feed over ccxt as of ${dialect}`, (test) => {
    const events = CALM.map(({ instrument: { symbol }, trade, received }) => {
      return { instrument: { exchange: dialect, symbol }, trade, received };
    });
    return test({ feed: endingFeed(dialect), events });
  });
}
