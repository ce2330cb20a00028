import assert from "node:assert/strict";
import { seededRandom } from "../../data/random.ts";
import { candleRows } from "../../engine/exchanges/candle_rows.ts";
import { candleWindow } from "../../engine/exchanges/candle_window.ts";
import { ccxtHistory } from "../../engine/exchanges/ccxt_history.ts";
import type { Candle } from "../../engine/market/candles.ts";
import type { TapeRow } from "../../engine/market/tape.ts";
import type { Trade } from "../../engine/market/trade.ts";
import type { History } from "../../engine/ports/history.ts";
import type { DialectName } from "../support/fake_exchange/dialect.ts";
import {
  type FakeExchange,
  type FakeExchangeOptions,
  startFakeExchange,
} from "../support/fake_exchange/fake_exchange.ts";
import { madeRows } from "../support/fake_exchange/made_rows.ts";
import { quickClock } from "./quick_clock.ts";

const MINUTE = 60_000, never = new AbortController().signal;

/** Half an hour of trades, with a silence of twenty minutes in it. */
const ROWS: TapeRow[] = madeRows(3_000).map((row, i, all) => {
  const late = i > all.length / 2 ? 20 * MINUTE : 0, timestamp = row.trade.timestamp + late;
  return { ...row, trade: { ...row.trade, timestamp }, received: timestamp };
});
const START = Math.floor(ROWS[0].trade.timestamp / MINUTE) * MINUTE;

/** Runs `test` with an exchange on which half of the last minute has passed. */
async function withHistory(
  dialect: DialectName,
  test: (history: History, exchange: FakeExchange) => Promise<void>,
  options: Partial<FakeExchangeOptions> = {},
): Promise<void> {
  const symbols = ["BTC/USDT", "ETH/USDT"].map((symbol) => ({ symbol }));
  const exchange = await startFakeExchange({
    ...{ dialect, trades: ROWS, instruments: symbols, pace: "stepped", rateLimits: false },
    ...options,
  });
  try {
    exchange.advance(ROWS.at(-1)!.trade.timestamp - exchange.now());
    exchange.advance(90_000 - exchange.now() % MINUTE);
    const history = ccxtHistory({
      venue: dialect,
      options: { urls: exchange.urls, enableRateLimit: false, timeout: 2_000 },
      clock: quickClock(() => exchange.localNow(), 100),
      random: seededRandom(1),
    });
    await test(history, exchange);
  } finally {
    await exchange.stop();
  }
}

const key = (dialect: string, timeframe: "1m" | "5m" | "1h" = "1m") => {
  return { exchange: dialect, symbol: "BTC/USDT", timeframe };
};

async function candlesOf(
  history: History,
  ...asked: [ReturnType<typeof key>, number, number]
): Promise<{ candles: Candle[]; through: number[] }> {
  const pages = await Array.fromAsync(history.candles(...asked, never));
  return {
    candles: pages.flatMap(({ candles }) => [...candles]),
    through: pages.map(({ through }) => through),
  };
}

/** The candles of some trades, added up naively in whole hundred-thousandths. */
function naive(trades: readonly Trade[], length: number): Map<number, number[]> {
  const groups = Map.groupBy(trades, ({ timestamp }) => Math.floor(timestamp / length) * length);
  return new Map([...groups].map(([open, group]) => {
    const prices = group.map(({ price }) => price);
    const volume = group.reduce((sum, { amount }) => sum + Math.round(amount * 1e5), 0) / 1e5;
    const [high, low] = [Math.max(...prices), Math.min(...prices)];
    return [open + length, [prices[0], high, low, prices.at(-1)!, volume]];
  }));
}

const BTC = ROWS.map(({ instrument, trade }) =>
  instrument.symbol === "BTC/USDT" ? trade : undefined
)
  .filter((trade) => trade !== undefined);

for (const dialect of ["okx", "binance", "coinbase", "kraken"] as const) {
  Deno.test(`${dialect}'s candles are those of its trades, closed ones only`, () =>
    withHistory(dialect, async (history, exchange) => {
      const to = Math.floor(exchange.now() / MINUTE) * MINUTE;
      const all = await candlesOf(history, key(dialect), START, exchange.now() + 10 * MINUTE);
      const traded = all.candles.filter(({ volume }) => volume > 0);
      const expected = naive(BTC, MINUTE);
      assert.equal(traded.length, [...expected.keys()].filter((time) => time <= to).length);
      for (const { time, open, high, low, close, volume, kind } of traded) {
        assert.deepEqual([open, high, low, close, volume], expected.get(time));
        assert.equal(kind, "backfilled");
      }
      // Through the last minute that is over, though the exchange gives the one that is not.
      assert.equal(all.through.at(-1), to);
      assert.ok(all.candles.every(({ time }) => time <= to));
      const times = all.candles.map(({ time }) => time);
      assert.deepEqual(times, [...new Set(times)].sort((a, b) => a - b));
    }));
}

Deno.test("pages follow each other, and silent stretches are passed over", () =>
  withHistory("coinbase", async (history, exchange) => {
    // Days before the market's first trade: 299 minutes a page would be dozens of pages.
    const from = START - 10 * 86_400_000, end = Math.floor(exchange.now() / MINUTE) * MINUTE;
    const { candles, through } = await candlesOf(history, key("coinbase"), from, end);
    assert.equal(candles.length, [...naive(BTC, MINUTE).keys()].filter((t) => t <= end).length);
    assert.deepEqual(through, [...through].sort((a, b) => a - b));
    assert.equal(through.at(-1), end);
    assert.ok(through.length < 12, `${through.length} pages`);
  }));

Deno.test("only candles that lie wholly within what is asked for are given", () =>
  withHistory("okx", async (history) => {
    const [from, to] = [START + 90_000, START + 390_000];
    const { candles, through } = await candlesOf(history, key("okx"), from, to);
    assert.deepEqual(candles.map(({ time }) => (time - START) / MINUTE), [3, 4, 5, 6]);
    assert.equal(through.at(-1), START + 6 * MINUTE);
    assert.deepEqual((await candlesOf(history, key("okx"), to, from)).candles, []);
  }));

Deno.test("the exchange's clock decides what is closed, not ours", async () => {
  for (const clockSkew of [-45_000, 45_000]) {
    await withHistory("okx", async (history, exchange) => {
      const to = Math.floor(exchange.now() / MINUTE) * MINUTE;
      const { candles } = await candlesOf(history, key("okx"), to - 3 * MINUTE, to + MINUTE);
      assert.equal(candles.at(-1)?.time, to);
    }, { clockSkew });
  }
});

Deno.test("venues, symbols and timeframes that are not there are refused", () =>
  withHistory("kraken", async (history, exchange) => {
    const ask = (symbol: string, timeframe: "1m" | "3m", from = START) =>
      candlesOf(history, { ...key("kraken"), symbol, timeframe } as never, from, exchange.now());
    await assert.rejects(ask("BTC/USDX", "1m"), { name: "InputError", message: /"BTC\/USDT"/ });
    await assert.rejects(ask("BTC/USDT", "3m"), { name: "InputError", message: /3m.*5m/ });
    // What it has forgotten is not taken for a silent market.
    const old = { name: "InputError", message: /gives the last 720 only/ };
    await assert.rejects(ask("BTC/USDT", "1m", START - 86_400_000), old);
    const wrong = ccxtHistory({ venue: "krakn", clock: quickClock(() => 0, 1), random: () => 0 });
    const unknown = { name: "InputError", message: /did you mean "kraken"/ };
    await assert.rejects(candlesOf(wrong, key("krakn"), 0, 1), unknown);
  }));

Deno.test("rows that are no candles are refused, whatever they hold", () => {
  const T = Date.UTC(2024, 0, 1), good = [T, 10, 12, 9, 11, 5];
  const wanted = { timeframe: "1m" as const, from: T, to: T + 10 * MINUTE, source: "A page" };
  const read = (...rows: unknown[]) => [...candleRows(rows, wanted).values()];
  assert.deepEqual(read([T + MINUTE, 10, 12, 9, 11, 5], good, good).map(({ time }) => time), [
    T + MINUTE,
    T + 2 * MINUTE,
  ]);
  // Rows of other times are no mistake: some exchanges give more than they are asked for.
  assert.deepEqual(read([T - MINUTE, 10, 12, 9, 11, 5]), []);
  const bad: [unknown, RegExp][] = [
    [[T / 1_000, 10, 12, 9, 11, 5], /not in milliseconds/],
    [[T * 1_000, 10, 12, 9, 11, 5], /not in milliseconds/],
    [[T + 1, 10, 12, 9, 11, 5], /no 1m candle opens/],
    [[`${T}`, 10, 12, 9, 11, 5], /not in milliseconds/],
    [[T, undefined, 12, 9, 11, 5], /open is NaN/],
    [[T, "10", 12, 9, 11, 5], /open is NaN/],
    [[T, 10, 9, 9, 11, 5], /high 9 is below/],
    [[T, 0, 12, 0, 11, 5], /prices are above 0/],
    [[T, 10, 12, 9, 11, -1], /cannot be negative/],
    [[T, 10, 12, 9, 11], /no candle/],
    [null, /no candle/],
    ["candle", /no candle/],
  ];
  for (const [row, message] of bad) assert.throws(() => read(row), { name: /Error/, message });
  const other = [T, 10, 12, 9, 11, 6];
  assert.throws(() => read(good, other), { name: "InputError", message: /differ/ });
});

/** A record of minutes from T on, some of which are missing. */
function madeRecord(has: readonly number[]) {
  const T = Date.UTC(2024, 0, 1);
  const candle = (open: number): Candle => {
    const prices = { open: 1, high: 1, low: 1, close: 1, volume: 1, trades: NaN };
    return { time: open + MINUTE, ...prices, kind: "backfilled" };
  };
  const between = (from: number, to: number) =>
    has.map((i) => T + i * MINUTE).filter((open) => open >= from && open < to);
  const page = (opens: readonly number[]) => new Map(opens.map((open) => [open, candle(open)]));
  return { T, between, page };
}

Deno.test("pages that are empty or cut by mistake are asked for again, and silence is proven", async () => {
  const random = seededRandom(3);
  let known = 0;
  for (let run = 0; run < 500; run++) {
    // The first is known before, the rest is the window.
    const has = [0, ...Array.from({ length: 50 }, (_, i) => i + 1).filter(() => random() < 0.5)];
    const { T, between, page } = madeRecord(has);
    let asked = 0;
    const ask = (from: number, to: number) => {
      const opens = between(from, to);
      // Some answers are empty or cut at either end; one that is cut behind the known candle, twice,
      // cannot be told from silence.
      const cut = asked++ % 2 === 0 ? Math.floor(random() * (opens.length + 1)) : 0;
      return Promise.resolve(
        page(random() < 0.5 ? opens.slice(cut) : opens.slice(0, opens.length - cut)),
      );
    };
    const window = { timeframe: "1m" as const, from: T + MINUTE, to: T + 51 * MINUTE, anchor: T };
    const { candles, through } = (await candleWindow(ask, window))!;
    const times = candles.map(({ time }) => (time - T) / MINUTE - 1);
    assert.ok(times.every((i) => has.includes(i)));
    if (through === T + MINUTE) continue;
    known++;
    assert.deepEqual([0, ...times], has, `run ${run}`);
  }
  assert.ok(known > 400, `${known}`);
});

Deno.test("an exchange that answers with nothing has told nothing", async () => {
  for (const anchor of [undefined, Date.UTC(2024, 0, 1)]) {
    const { T, page } = madeRecord([]);
    const window = { timeframe: "1m" as const, from: T + MINUTE, to: T + 51 * MINUTE, anchor };
    const found = await candleWindow(() => Promise.resolve(page([])), window);
    assert.deepEqual(found, { candles: [], through: T + MINUTE });
  }
});

for (const dialect of ["okx", "binance", "coinbase", "kraken"] as const) {
  Deno.test(`what ${dialect} does not answer is never taken for silence`, () =>
    withHistory(dialect, async (history, exchange) => {
      const to = Math.floor(exchange.now() / MINUTE) * MINUTE, expected = naive(BTC, MINUTE);
      let stopped = 0;
      for (let whole = 0; whole < 6; whole++) {
        for (const hushed of [1, 2, 3, 5, 9, 40]) {
          let answers = 0;
          // It answers so many times, and then with empty lists.
          exchange.hushCandles("BTC/USDT", () => answers++ >= whole && answers <= whole + hushed);
          const from = START + 3 * MINUTE, all = await candlesOf(history, key(dialect), from, to);
          const through = all.through.at(-1) ?? from;
          const traded = all.candles.filter(({ volume }) => volume > 0).map(({ time }) => time);
          const known = [...expected.keys()].filter((time) => time > from && time <= through);
          assert.deepEqual(traded, known, `${hushed} after ${whole}`);
          if (through < to) stopped++;
        }
      }
      assert.ok(stopped > 0 && stopped < 36, `${stopped}`);
      exchange.hushCandles("BTC/USDT", () => false);
    }));
}

Deno.test("a candle that has just closed is not given yet: exchanges finish it for two seconds", async () => {
  for (const dialect of ["okx", "binance"] as const) {
    await withHistory(dialect, async (history, exchange) => {
      const minute = Math.ceil(exchange.now() / MINUTE) * MINUTE;
      exchange.advance(minute + 1_500 - exchange.now());
      const { through } = await candlesOf(history, key(dialect), START, minute + 10 * MINUTE);
      assert.equal(through.at(-1), minute - MINUTE, dialect);
      exchange.advance(2_000);
      const later = await candlesOf(history, key(dialect), START, minute + 10 * MINUTE);
      assert.equal(later.through.at(-1), minute, dialect);
    });
  }
});
