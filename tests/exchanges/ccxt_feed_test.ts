import assert from "node:assert/strict";
import { seededRandom } from "../../data/random.ts";
import { ccxtFeed, type CcxtFeedOptions } from "../../engine/exchanges/ccxt_feed.ts";
import type { TapeRow } from "../../engine/market/tape.ts";
import type { Feed, FeedBatch } from "../../engine/ports/feed.ts";
import type { DialectName } from "../support/fake_exchange/dialect.ts";
import { type FakeExchange, startFakeExchange } from "../support/fake_exchange/fake_exchange.ts";
import { madeRows, SYMBOLS } from "../support/fake_exchange/made_rows.ts";
import { tapeRows } from "../support/fake_exchange/tape_rows.ts";
import { faultPlan } from "../support/fake_exchange/fault_plan.ts";
import { feedContract } from "./feed_contract.ts";
import { heardAmounts, listen, made, servedAmounts, unheard } from "./listen.ts";
import { quickClock } from "./quick_clock.ts";

const DIALECTS: readonly DialectName[] = ["okx", "binance", "coinbase", "kraken"];
const SAMPLE = decodeURIComponent(
  new URL("../../data/sample_tape.csv.gz", import.meta.url).pathname,
);

/** The sample tape, numbered without the hole that is in it. */
async function sampleRows(): Promise<TapeRow[]> {
  const rows = await tapeRows(SAMPLE);
  return rows.map((row, i) => ({ ...row, trade: { ...row.trade, id: `${1_000 + i}` } }));
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** An exchange that stands still until it is moved. */
function stepped(dialect: DialectName, trades: readonly TapeRow[]): Promise<FakeExchange> {
  const symbols = [...new Set(trades.map(({ instrument }) => instrument.symbol))];
  const instruments = symbols.map((symbol) => ({ symbol }));
  const options = { pace: "stepped" as const, aggregate: false, rateLimits: false };
  return startFakeExchange({ dialect, trades, instruments, ...options });
}

function feedOf(
  dialect: DialectName,
  exchange: FakeExchange,
  more: Partial<CcxtFeedOptions> = {},
): Feed {
  const clock = quickClock(() => exchange.localNow(), 40), random = seededRandom(1);
  const options = { urls: exchange.urls, enableRateLimit: false, timeout: 400 };
  return ccxtFeed({ venue: dialect, options, clock, random, ...more });
}

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

  Deno.test(`the last trades of a burst of ${dialect} come at once`, async () => {
    const exchange = await stepped(dialect, madeRows(400)), stop = new AbortController();
    const instruments = SYMBOLS.map((symbol) => ({ exchange: dialect, symbol }));
    let heard = 0, bursts = 0;
    try {
      const feed = feedOf(dialect, exchange), none = () => undefined;
      for await (const { events } of feed.trades(instruments, none, stop.signal)) {
        heard += events.length;
        if (exchange.sockets().subscribed < SYMBOLS.length) continue;
        // Nothing more is sent until all of it was heard: what waits for a next frame waits forever.
        if (heard < exchange.served.length) continue;
        if (bursts++ === 20) break;
        exchange.advance(5_000);
      }
      assert.equal(heard, exchange.served.length);
      assert.ok(heard > 100);
    } finally {
      stop.abort();
      await exchange.stop();
    }
  });

  Deno.test(`the sample tape as of ${dialect}, fast and with disconnects`, async () => {
    const rows = await sampleRows(), faults = faultPlan(4, ["close", "reset", "halfOpen"]);
    const heard = await listen({ dialect, rows, exchange: { pace: 8_000, faults }, haste: 400 });
    assert.equal(heard.exchange.served.length, rows.length);
    assert.deepEqual(unheard(heard), [], heard.troubles.join("\n"));
    assert.deepEqual(heard.lost, []);
    assert.deepEqual(made(heard), []);
    assert.deepEqual(heardAmounts(heard), servedAmounts(heard));
    const injected = Object.values(heard.exchange.injected).reduce((sum, n) => sum + n, 0);
    assert.ok(injected >= 3, `${injected}`);
  });
}

Deno.test("a slow reader loses nothing, and little waits for it", async () => {
  for (const dialect of ["okx", "binance"] as const) {
    const rows = await sampleRows();
    let most = 0, read = 0;
    const heard = await listen({
      ...{ dialect, rows, exchange: { pace: 16_000 }, settings: { queue: 1_500 }, haste: 400 },
      onBatch: async ({ events }) => {
        most = Math.max(most, events.length);
        // A reader that stops for half a second lets some four thousand trades pass by.
        if (events.length > 0 && read++ % 40 === 20) await wait(500);
      },
    });
    assert.deepEqual(unheard(heard), [], heard.troubles.join("\n"));
    assert.deepEqual(heard.lost, []);
    assert.ok(heard.troubles.some((message) => message.includes("the reader is too slow")));
    // What one page and one read of the socket bring may come on top of it.
    assert.ok(most <= 1_500 + 1_000 + 500, `${most}`);
  }
});

Deno.test("an exchange that never answers a connect does not end the program", async () => {
  const exchange = await stepped("okx", madeRows(10)), stop = new AbortController();
  const silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepted: Deno.Conn[] = [];
  const accepting = (async () => {
    for await (const connection of silent) accepted.push(connection);
  })();
  const ws = `ws://127.0.0.1:${silent.addr.port}`, troubles: string[] = [];
  const urls = { api: { ...exchange.urls.api, ws } };
  const options = { urls, enableRateLimit: false, options: { ws: { connectionTimeout: 60 } } };
  const watch = { trouble: (message: string) => void troubles.push(message) };
  try {
    const feed = feedOf("okx", exchange, { options, watch });
    const instrument = { exchange: "okx", symbol: "BTC/USDT" }, batches: FeedBatch[] = [];
    for await (const batch of feed.trades([instrument], () => undefined, stop.signal)) {
      batches.push(batch);
      if (troubles.length >= 3) stop.abort();
    }
    assert.match(troubles.join("\n"), /timeout/);
    // It has observed nothing, and says so.
    assert.ok(batches.every(({ now, events }) => now === batches[0].now && events.length === 0));
  } finally {
    stop.abort();
    for (const connection of accepted) connection.close();
    silent.close();
    await accepting;
    await exchange.stop();
  }
});

Deno.test("trades from before it listens are had from the time on that is asked for", async () => {
  const rows = madeRows(400);
  for (const dialect of DIALECTS) {
    const middle = rows[rows.length >> 1].trade.timestamp;
    const heard = await listen({
      ...{ dialect, rows, exchange: { pace: 100 }, since: () => middle },
      before: (exchange) => exchange.advance(rows.at(-100)!.trade.timestamp - exchange.now()),
    });
    const missing = unheard(heard).filter(({ trade }) => trade.timestamp >= middle);
    assert.deepEqual(missing, [], dialect);
    assert.deepEqual(heard.lost, [], dialect);
    assert.ok(heard.events.length < rows.length, dialect);
    assert.ok(Math.min(...heard.events.map(({ trade }) => trade.timestamp)) <= middle, dialect);
  }
});

Deno.test("what an exchange has forgotten is told as lost, with its bounds", async () => {
  const rows = madeRows(400), since = rows[0].trade.timestamp;
  for (const dialect of ["okx", "binance"] as const) {
    const heard = await listen({
      ...{ dialect, rows, exchange: { pace: 100, memory: { trades: 150 } }, since: () => since },
      before: (exchange) => exchange.advance(rows.at(-100)!.trade.timestamp - exchange.now()),
    });
    assert.equal(heard.lost.length, SYMBOLS.length, JSON.stringify(heard.lost));
    for (const { instrument: { symbol }, from, to } of heard.lost) {
      const gone = unheard(heard).filter((served) => served.symbol === symbol);
      const first = heard.events.find(({ instrument }) => instrument.symbol === symbol)!;
      assert.ok(gone.length > 0);
      assert.equal(from, since);
      assert.equal(to, first.trade.timestamp + 1);
      assert.ok(gone.every(({ trade }) => trade.timestamp >= from && trade.timestamp < to));
    }
  }
});

Deno.test("a hole that cannot be filled is told as lost, with its bounds", async () => {
  const rows = madeRows(300),
    [from, to] = [rows[200], rows[230]].map(({ trade }) => trade.timestamp);
  for (const dialect of DIALECTS) {
    let cut = false;
    const heard = await listen({
      ...{ dialect, rows, exchange: { pace: 60 }, settings: { tries: 3 } },
      before: (exchange) => SYMBOLS.forEach((symbol) => exchange.forget(symbol, from, to)),
      onBatch: (_, exchange) => {
        if (cut || exchange.now() < from - 1_000) return;
        cut = true;
        exchange.inject("silence", { lasts: 30_000 });
      },
    });
    const gone = unheard(heard);
    assert.ok(gone.length > 0 && heard.lost.length > 0, dialect);
    for (const { symbol, trade } of gone) {
      const span = heard.lost.find(({ instrument, from, to }) => {
        return instrument.symbol === symbol && trade.timestamp >= from && trade.timestamp < to;
      });
      assert.ok(span, `${dialect} ${trade.id}`);
    }
    for (const span of heard.lost) {
      // From the last trade before the hole to the first one behind it.
      const near = heard.events.filter(({ instrument, trade }) => {
        return instrument.symbol === span.instrument.symbol && trade.timestamp > span.from &&
          trade.timestamp < span.to - 1;
      });
      assert.deepEqual(near, [], dialect);
    }
  }
});

const clock = quickClock(() => 0, 40);

Deno.test("unknown venues and symbols are refused with what may be meant", async () => {
  const drain = async (feed: Feed, exchange: string, symbol: string) => {
    const never = new AbortController().signal;
    await Array.fromAsync(feed.trades([{ exchange, symbol }], () => undefined, never));
  };
  const wrong = ccxtFeed({ venue: "binanec", clock, random: Math.random });
  const unknown = { name: "InputError", message: /"binanec".*did you mean "binance"/ };
  await assert.rejects(drain(wrong, "binanec", "BTC/USDT"), unknown);
  await assert.rejects(wrong.priceDecimals({ exchange: "binanec", symbol: "A/B" }), unknown);
  const exchange = await stepped("okx", madeRows(10));
  try {
    const feed = feedOf("okx", exchange);
    const message = /BTC\/USDX.*okx.*did you mean "BTC\/USDT"/;
    const refused = { name: "InputError", message };
    await assert.rejects(drain(feed, "okx", "BTC/USDX"), refused);
    await assert.rejects(feed.priceDecimals({ exchange: "okx", symbol: "BTC/USDX" }), refused);
  } finally {
    await exchange.stop();
  }
});

Deno.test("the decimals of prices are those of the venue's market", async () => {
  for (const dialect of DIALECTS) {
    const exchange = await stepped(dialect, madeRows(50));
    try {
      const feed = feedOf(dialect, exchange);
      assert.equal(await feed.priceDecimals({ exchange: dialect, symbol: "BTC/USDT" }), 2, dialect);
      assert.equal(await feed.priceDecimals({ exchange: "other", symbol: "BTC/USDT" }), undefined);
    } finally {
      await exchange.stop();
    }
  }
});
