import assert from "node:assert/strict";
import type { Candle } from "../../engine/market/candles.ts";
import type { Trade } from "../../engine/market/trade.ts";
import type { FeedEvent } from "../../engine/ports/feed.ts";
import type { Store } from "../../engine/ports/store.ts";
import type { FakeExchange } from "../support/fake_exchange/fake_exchange.ts";
import { compareStored } from "./compare_stored.ts";
import { kindOf, LISTENED } from "./feed_run.ts";
import { NaiveDecisions } from "./naive_decisions.ts";

const NINE = Date.UTC(2024, 7, 8, 9), instrument = { exchange: "okx", symbol: "BTC/USDT" };

const trade = (at: number, price: number, amount = 1): Trade => {
  return { id: `${1_000 + at}`, timestamp: NINE + at, price, amount, side: "buy" };
};

const candle = (second: number, prices: number[], volume: number, trades: number): Candle => {
  const [open, high, low, close] = prices, kind = trades > 0 ? "traded" : "empty";
  return { time: NINE + 1_000 * second, open, high, low, close, volume, trades, kind };
};

const TRADES = [
  trade(100, 5),
  trade(1_100, 6),
  trade(1_200, 8, 0.2),
  trade(1_900, 7, 0.1),
  trade(4_500, 9),
];

/** What has to be stored of them: seconds 2 to 4, of which the last two are silent. */
const ROWS = [
  candle(2, [6, 8, 6, 7], 1.3, 3),
  candle(3, [7, 7, 7, 7], 0, 0),
  candle(4, [7, 7, 7, 7], 0, 0),
];

/** What came, at its time, but for the trade of second 1.9, which comes two seconds late. */
function decisions(): NaiveDecisions {
  const naive = new NaiveDecisions(500);
  const order = [0, 1, 2, 4, 3].map((i) => TRADES[i]);
  const events = order.map((trade, i): FeedEvent => {
    return { instrument, trade, received: i === 4 ? NINE + 5_000 : trade.timestamp };
  });
  naive.take({ events, now: NINE + 5_000 });
  return naive;
}

const DECIDED = [
  candle(2, [6, 8, 6, 8], 1.2, 2),
  candle(3, [8, 8, 8, 8], 0, 0),
  candle(4, [8, 8, 8, 8], 0, 0),
];

async function compare(
  change: { raw?: Trade[]; latest?: Candle[]; decided?: Candle[] } = {},
) {
  const { raw = TRADES, latest = ROWS, decided = DECIDED } = change;
  const served = TRADES.map((trade) => {
    return { symbol: "BTC/USDT", trade, at: trade.timestamp, push: { id: trade.id, count: 1 } };
  });
  const store = {
    rawTrades: { between: () => Promise.resolve(raw) },
    marketData: {
      candles: ({ timeframe }: { timeframe: string }, { revision }: { revision: string }) => {
        const all = timeframe === "1m" ? [] : revision === "latest" ? latest : decided;
        return Promise.resolve({ rows: () => all });
      },
    },
  };
  const exchange: Pick<FakeExchange, "served"> = { served };
  return await compareStored(
    exchange,
    store as unknown as Store,
    "okx",
    [{ symbol: "BTC/USDT" }],
    decisions(),
  );
}

Deno.test("what is stored as it has to be differs in nothing", async () => {
  assert.deepEqual(await compare(), {
    ...{ served: 5, stored: 5, lost: 0, duplicated: 0, compared: 6, different: 0, revised: 3 },
  });
});

Deno.test("whatever is stored otherwise is seen", async () => {
  const but = <T>(all: readonly T[], at: number, change: Partial<T>): T[] =>
    all.with(at, { ...all[at], ...change });
  const wrong: Parameters<typeof compare>[0][] = [
    { raw: but(TRADES, 1, { side: "sell" }) },
    { raw: but(TRADES, 1, { price: 6.1 }) },
    { raw: but(TRADES, 1, { fills: 2 }) },
    { latest: but(ROWS, 0, { trades: 4 }) },
    { latest: but(ROWS, 1, { kind: "traded" }) },
    { latest: but(ROWS, 0, { volume: 1.3000000000000003 }) },
    { latest: [candle(1, [5, 5, 5, 5], 1, 1), ...ROWS] },
    { decided: ROWS },
    { decided: but(DECIDED, 0, { close: 6 }) },
    { decided: [DECIDED[0], DECIDED[2]] },
  ];
  for (const [i, change] of wrong.entries()) {
    assert.ok((await compare(change)).different > 0, `case ${i}`);
  }
  const gone = await compare({ raw: TRADES.slice(1) });
  assert.deepEqual([gone.stored, gone.lost], [4, 1]);
});

Deno.test("every class of faults meets every kind of venue", () => {
  const met = new Set(Array.from({ length: 90 }, (_, seed) => JSON.stringify(kindOf(seed))));
  assert.equal(met.size, 90);
  const first = Array.from({ length: 5 }, (_, seed) => kindOf(seed).listened);
  assert.deepEqual(first, [...LISTENED]);
});
