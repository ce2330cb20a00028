import assert from "node:assert/strict";
import { ccxtFeed } from "../../engine/exchanges/ccxt_feed.ts";
import type { TapeRow } from "../../engine/market/tape.ts";
import type { Feed, FeedBatch } from "../../engine/ports/feed.ts";
import { faultPlan } from "../support/fake_exchange/fault_plan.ts";
import { madeRows, SYMBOLS } from "../support/fake_exchange/made_rows.ts";
import { tapeRows } from "../support/fake_exchange/tape_rows.ts";
import { heardAmounts, listen, made, servedAmounts, unheard } from "./listen.ts";
import { quickClock } from "./quick_clock.ts";
import { DIALECTS, feedOf, stepped } from "./stepped_feed.ts";

const SAMPLE = decodeURIComponent(
  new URL("../../data/sample_tape.csv.gz", import.meta.url).pathname,
);

/** The sample tape, numbered without the hole that is in it. */
async function sampleRows(): Promise<TapeRow[]> {
  const rows = await tapeRows(SAMPLE);
  return rows.map((row, i) => ({ ...row, trade: { ...row.trade, id: `${1_000 + i}` } }));
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

for (const dialect of DIALECTS) {
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
    // On a slow machine nobody may be there for the others to hit.
    assert.ok(injected >= 1, `${injected}`);
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
