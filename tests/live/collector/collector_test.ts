import assert from "node:assert/strict";
import fc from "fast-check";
import type { FeedBatch, FeedEvent } from "../../../engine/ports/feed.ts";
import type { MarketKey } from "../../../engine/ports/store.ts";
import { withStore } from "../../support/database.ts";
import { collect, pieces, SECONDS, seen, stored } from "../collecting.ts";
import { batch, event, NINE, silence } from "../made_feed.ts";

Deno.test("the collector closes an interval with the next trade, [start, end)", () =>
  withStore(async (store) => {
    const stats = await collect(store, [
      batch(
        event(0, { price: 5 }),
        event(400, { price: 7, amount: 0.1 }),
        event(999, { price: 4 }),
      ),
      batch(event(1_000, { price: 6, amount: 0.2 })),
      batch(event(3_500, { price: 8 })),
    ]);
    assert.deepEqual(await stored(store), [
      "1 5 7 4 4 2.1 traded",
      "2 6 6 6 6 0.2 traded",
      "3 6 6 6 6 0 empty",
    ]);
    assert.deepEqual(stats, seen({ trades: 5, candles: 3 }));
  }));

Deno.test("the collector makes no candle of an interval whose beginning it did not see", () =>
  withStore(async (store) => {
    await collect(store, [batch(event(1)), batch(event(1_000, { price: 3 })), batch(event(2_000))]);
    assert.deepEqual(await stored(store), ["2 3 3 3 3 1 traded"]);
  }));

Deno.test("a silent interval closes 2 s past its end by the exchange's clock, as the feed tells it", () =>
  withStore(async (store) => {
    const trades = [event(0), event(10), event(20)];
    const stats = await collect(store, [batch(...trades), silence(2_999)]);
    assert.equal(stats.candles, 0);
    await collect(store, [batch(...trades), silence(3_000)]);
    assert.deepEqual(await stored(store), ["1 100 100 100 100 3 traded"]);
    await collect(store, [batch(...trades), silence(5_000)]);
    assert.deepEqual((await stored(store)).slice(1), [
      "2 100 100 100 100 0 empty",
      "3 100 100 100 100 0 empty",
    ]);
  }));

Deno.test("one exchange's clock says nothing of another's", () =>
  withStore(async (store) => {
    const elsewhere = { exchange: "fast", symbol: "BTC/USDT" };
    const keys = [SECONDS, { ...elsewhere, timeframe: "1s" as const }];
    const times = (at: number, fast: number) =>
      new Map([["made", NINE + at], ["fast", NINE + fast]]);
    await collect(store, [
      {
        ...batch(event(0), event(50_000, { instrument: elsewhere })),
        times: times(0, 50_000),
      },
      { ...silence(0), times: times(2_999, 53_499) },
    ], { keys });
    assert.deepEqual(await stored(store), []);
    assert.equal((await stored(store, keys[1])).length, 1);
  }));

Deno.test("a trade that comes after its candle was closed makes a revision, not another decision", () =>
  withStore(async (store) => {
    const stats = await collect(store, [
      batch(event(0, { price: 5 })),
      silence(3_000),
      batch(event(900, { price: 9, delay: 2_200 }), event(1_500, { price: 6, delay: 1_700 })),
      batch(event(2_000, { price: 7, delay: 1_800 })),
    ]);
    assert.deepEqual(await stored(store), ["1 5 5 5 5 1 traded", "2 6 6 6 6 1 traded"]);
    assert.deepEqual(await stored(store, SECONDS, "latest"), [
      "1 5 9 5 9 2 traded",
      "2 6 6 6 6 1 traded",
    ]);
    assert.deepEqual(stats, seen({ trades: 4, candles: 2, late: 1, revisions: 1 }));
  }));

/** Trades of some seconds, most of them prompt, some too late; in the order of their arrival. */
const arrivals = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 20_000 }),
    delay: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 6_000 })),
    price: fc.integer({ min: 1, max: 50 }),
  }),
  { minLength: 1, maxLength: 60 },
).map((made) =>
  made.map(({ at, ...rest }) => event(at, rest)).sort((a, b) => a.received - b.received)
);

/** The same arrivals as a live feed would batch them: with ticks of the clock in between. */
function ticking(events: readonly FeedEvent[], size: number, tick: number): FeedBatch[] {
  const batches: FeedBatch[] = [];
  pieces(events, size).forEach((piece, i, all) => {
    batches.push({ events: piece, now: piece.at(-1)!.received });
    const next = all[i + 1]?.[0].received ?? -Infinity;
    for (let now = piece.at(-1)!.received + tick; now < next; now += tick) {
      batches.push({ events: [], now });
    }
  });
  return batches;
}

Deno.test("candles depend on when trades arrived, not on how they were batched", () =>
  withStore(async (store) => {
    let run = 0;
    const one = async (batches: readonly FeedBatch[]) => {
      const key: MarketKey = { ...SECONDS, exchange: `run ${++run}` };
      const mine = batches.map(({ events, now }) => ({
        events: events.map((each) => ({ ...each, instrument: key })),
        now,
      }));
      const { late } = await collect(store, mine, { keys: [key] });
      return { late, candles: await stored(store, key) };
    };
    await fc.assert(
      fc.asyncProperty(
        arrivals,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 50, max: 900 }),
        async (events, size, tick) => {
          const together = await one([batch(...events)]);
          assert.deepEqual(await one(ticking(events, size, tick)), together);
        },
      ),
      { seed: 20_240_808, numRuns: 40 },
    );
  }));

Deno.test("what is no trade is left out and told, and nothing else is lost", () =>
  withStore(async (store) => {
    const told: string[] = [];
    const bad = [
      event(100, { price: NaN }),
      event(200, { amount: -1 }),
      event(300.5),
      { ...event(300), trade: { ...event(300).trade, id: "" } },
    ];
    const stats = await collect(store, [
      batch(event(0, { price: 5 })),
      batch(...bad, event(400, { price: 6 })),
      batch(event(1_000)),
    ], { watch: { refused: (reason) => told.push(reason) } });
    assert.deepEqual(await stored(store), ["1 5 6 5 6 2 traded"]);
    assert.deepEqual(stats, seen({ trades: 3, candles: 1, refused: 4 }));
    assert.equal(told.length, 4);
    assert.match(told[0], /made BTC\/USDT \d+: price is NaN/);
  }));

Deno.test("one trade from the far future does not carry the candles away with it", () =>
  withStore(async (store) => {
    const told: string[] = [], year = 365 * 86_400_000;
    await collect(store, [
      batch(event(0), event(500 + year, { delay: -year }), event(600), event(1_000)),
    ], { watch: { refused: (reason) => told.push(reason) } });
    assert.deepEqual(await stored(store), ["1 100 100 100 100 2 traded"]);
    assert.match(
      told[0],
      /its time is 2025-08-08T09:00:00.500Z, but it is only 2024-08-08T09:00:00.5/,
    );
  }));
