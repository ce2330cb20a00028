import assert from "node:assert/strict";
import { Collector } from "../../../engine/live/collector/collector.ts";
import { systemClock } from "../../../engine/live/system_clock.ts";
import type { TapeRow } from "../../../engine/market/tape.ts";
import type { Feed } from "../../../engine/ports/feed.ts";
import type { MarketKey, Store } from "../../../engine/ports/store.ts";
import { quickClock } from "../../exchanges/quick_clock.ts";
import { feedOf, stepped } from "../../exchanges/stepped_feed.ts";
import { expectedCandles } from "../../faults/expected_candles.ts";
import { withStore } from "../../support/database.ts";
import type { DialectName } from "../../support/fake_exchange/dialect.ts";
import type { FakeExchange } from "../../support/fake_exchange/fake_exchange.ts";
import { madeRows, NINE } from "../../support/fake_exchange/made_rows.ts";
import { deafBus } from "../faults.ts";

const SECOND = 1_000, MINUTE = 60 * SECOND, STEP = 500;

/** Two stretches of trades with a minute of silence between them, and half a minute behind. */
const ROWS: TapeRow[] = madeRows(60).map((row, i, all) => {
  const timestamp = row.trade.timestamp + (i > all.length / 2 ? MINUTE : 0);
  return { ...row, trade: { ...row.trade, timestamp }, received: timestamp };
});
const END = ROWS.at(-1)!.trade.timestamp + 30 * SECOND;

/** What goes wrong with a machine: what its clocks show when it is `time` on the exchange. */
interface Machine {
  name: string;
  dialect: DialectName;
  now(time: number): number;
  monotonic?(time: number): number;
  /** The machine sleeps from this time of the exchange on, so long. */
  sleep?: { at: number; lasts: number };
  /** The exchange does not tell its time. */
  isMute?: boolean;
}

const MIDDLE = NINE + 12 * SECOND, DURING = NINE + 40 * SECOND;

const set = (at: number, by: number) => (time: number) => time + (time >= at ? by : 0);

const MACHINES: readonly Machine[] = [
  { name: "has a clock slow by 90 s", dialect: "binance", now: (time) => time - 90 * SECOND },
  { name: "has a clock fast by 90 s", dialect: "okx", now: (time) => time + 90 * SECOND },
  { name: "has its clock set ahead by 10 minutes", dialect: "okx", now: set(MIDDLE, 10 * MINUTE) },
  {
    name: "has its clock set back by 10 minutes",
    dialect: "kraken",
    now: set(MIDDLE, -10 * MINUTE),
  },
  {
    name: "has its clock set ahead in a silence",
    dialect: "coinbase",
    now: set(DURING, 10 * MINUTE),
  },
  {
    ...{ name: "sleeps for 25 s", dialect: "okx", now: (time) => time },
    monotonic: set(MIDDLE + 25 * SECOND, -25 * SECOND),
    sleep: { at: MIDDLE, lasts: 25 * SECOND },
  },
  {
    ...{ name: "sleeps for 70 s", dialect: "binance", now: (time) => time },
    monotonic: set(MIDDLE + 70 * SECOND, -70 * SECOND),
    sleep: { at: MIDDLE, lasts: 70 * SECOND },
  },
  {
    ...{ name: "has a clock slow by 90 s and nobody tells it", dialect: "okx", isMute: true },
    now: (time) => time - 90 * SECOND,
  },
  {
    ...{ name: "has a clock fast by 90 s and nobody tells it", dialect: "binance", isMute: true },
    now: (time) => time + 90 * SECOND,
  },
  {
    ...{ name: "has its clock set ahead and nobody tells it", dialect: "okx", isMute: true },
    now: set(MIDDLE, 10 * MINUTE),
  },
];

/** A feed behind which the exchange's time goes on when everything was heard, so that nothing is under way. */
function inStep(exchange: FakeExchange, { sleep }: Machine, feed: Feed, over: () => void): Feed {
  const ids = new Set<string>();
  let slept = false;
  const goOn = () => {
    if (exchange.sockets().subscribed < 2 || ids.size < exchange.served.length) return;
    const isTired = sleep && !slept && exchange.now() >= sleep.at;
    slept ||= isTired === true;
    exchange.advance(isTired ? sleep!.lasts : STEP);
  };
  return {
    ...feed,
    async *trades(...wanted) {
      for await (const batch of feed.trades(...wanted)) {
        assert.ok(batch.now <= exchange.now(), "it tells a time that has not come");
        for (const { instrument, trade, received } of batch.events) {
          assert.ok(received <= exchange.now() && received >= trade.timestamp);
          ids.add(`${instrument.symbol} ${trade.id}`);
        }
        yield batch;
        if (batch.now >= END + 3 * SECOND) over();
        goOn();
      }
    },
  };
}

async function collectOn(machine: Machine, exchange: FakeExchange, store: Store) {
  const { dialect, now, monotonic = (time) => time } = machine, stop = new AbortController();
  const clock = quickClock(() => now(exchange.now()), 80, () => monotonic(exchange.now()));
  const options = { urls: exchange.urls, enableRateLimit: false, timeout: 2_000 };
  const has = machine.isMute ? { has: { fetchTime: false } } : {};
  const refused: string[] = [], watch = { refused: (text: string) => void refused.push(text) };
  const feed = feedOf(dialect, exchange, { clock, options: { ...options, ...has }, watch });
  const own = { ...clock, sleep: systemClock.sleep };
  const collector = new Collector({ store, bus: deafBus, clock: own, watch });
  collector.registerProvider(dialect, {
    feed: inStep(exchange, machine, feed, () => stop.abort()),
  });
  const keys = ["BTC/USDT", "ETH/USDT"].map((symbol): MarketKey => {
    return { exchange: dialect, symbol, timeframe: "1s" };
  });
  await collector.startCollection(keys, stop.signal);
  return { keys, refused, stats: collector.stats };
}

for (const machine of MACHINES) {
  Deno.test(`candles are right, silent ones too, when the machine ${machine.name}`, () =>
    withStore(async (store) => {
      const exchange = await stepped(machine.dialect, ROWS);
      try {
        const { keys, refused, stats } = await collectOn(machine, exchange, store);
        assert.deepEqual([refused, stats.refused, stats.late, stats.gaps], [[], 0, 0, 0]);
        for (const key of keys) {
          const own = ROWS.filter(({ instrument }) => instrument.symbol === key.symbol);
          const expected = expectedCandles(own.map(({ trade }) => trade), "1s", END);
          assert.ok(expected.length > 100);
          const candles = (await store.marketData.candles(key, { revision: "decided" })).rows();
          assert.deepEqual(candles.slice(0, expected.length), expected);
        }
      } finally {
        await exchange.stop();
      }
    }));
}
