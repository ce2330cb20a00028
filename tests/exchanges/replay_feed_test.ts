import assert from "node:assert/strict";
import { ReplayFeed } from "../../engine/exchanges/replay_feed.ts";
import type { Clock } from "../../engine/ports/clock.ts";
import type { FeedBatch, FeedEvent } from "../../engine/ports/feed.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { batchesOf, feedContract } from "./feed_contract.ts";
import { asReplayed, eventsOf, type MadeTrade, NINE, TRADES, withTape } from "./made_tape.ts";

const venue = (exchange: string) => `${exchange}@tape`;
/** As they are on the tape, and as they are given. */
const ROWS = eventsOf(TRADES, venue), EVENTS = asReplayed(ROWS);
const arrival = ({ trade }: FeedEvent) => ROWS[Number(trade.id)].received;
const INSTRUMENTS = [0, 1, 2].map((i) => EVENTS[i].instrument);

/** A clock on which a sleep passes at once, and takes `late` milliseconds longer than it should. */
function quickClock(late = 0): Clock & { time: number } {
  const clock = {
    time: 5_000,
    now: () => clock.time,
    monotonic: () => clock.time,
    sleep: (milliseconds: number) => {
      clock.time += Math.max(0, milliseconds) + late;
      return Promise.resolve();
    },
  };
  return clock;
}

for (const speed of ["max", 1, 20, 0.3] as const) {
  feedContract(
    `a replay at speed ${speed}`,
    (test) =>
      withTape(
        TRADES,
        (path) =>
          test({ feed: new ReplayFeed({ path, speed, venue }, quickClock(3)), events: EVENTS }),
      ),
  );
}

/** What a feed gives, with the time on the reader's clock. */
async function timed(
  feed: ReplayFeed,
  clock: { time: number },
  since?: (instrument: { exchange: string; symbol: string }) => number | undefined,
): Promise<(FeedBatch & { at: number })[]> {
  const batches: (FeedBatch & { at: number })[] = [], start = clock.time;
  const trades = feed.trades(INSTRUMENTS, since ?? (() => undefined), new AbortController().signal);
  for await (const batch of trades) batches.push({ ...batch, at: clock.time - start });
  return batches;
}

for (const speed of [1, 4, 0.5]) {
  Deno.test(`a replay at speed ${speed} keeps the tape's pauses`, () =>
    withTape(TRADES, async (path) => {
      const clock = quickClock(), feed = new ReplayFeed({ path, speed, venue }, clock);
      const first = ROWS[0].received;
      for (const { events, at } of await timed(feed, clock)) {
        for (const event of events) {
          assert.ok(Math.abs((arrival(event) - first) / speed - at) < 1e-6);
        }
      }
      assert.ok(Math.abs(clock.time - 5_000 - (ROWS.at(-1)!.received - first) / speed) < 1e-6);
    }));
}

Deno.test("a replay that is late gives what is due and catches up", () =>
  withTape(TRADES, async (path) => {
    const clock = quickClock(600), feed = new ReplayFeed({ path, speed: 1, venue }, clock);
    const batches = await timed(feed, clock), first = ROWS[0].received;
    assert.ok(batches.some(({ events }) => events.length > 5));
    for (const { events, at, now } of batches) {
      for (const event of events) assert.ok(arrival(event) - first <= at + 1e-6);
      assert.ok(now - first <= at + 1e-6);
    }
    // Late as it is, it tells no time behind the end of the tape.
    assert.equal(batches.at(-1)!.now, ROWS.at(-1)!.received);
  }));

Deno.test("while the tape is silent there is a batch every second of it, and sooner", () =>
  withTape(TRADES, async (path) => {
    for (const speed of [1, 0.5, 4]) {
      const clock = quickClock(), feed = new ReplayFeed({ path, speed, venue }, clock);
      const batches = await timed(feed, clock);
      const waits = batches.slice(1).map(({ at }, i) => at - batches[i].at);
      assert.ok(Math.max(...waits) <= 250);
      const times = batches.map(({ now }) => now);
      const steps = times.slice(1).map((now, i) => now - times[i]);
      assert.ok(Math.max(...steps) <= 1_000 + 1e-6, `speed ${speed}`);
    }
  }));

Deno.test("time goes on by the trades that are not wanted, too", () =>
  withTape(TRADES, async (path) => {
    const last = ROWS.at(-1)!.received;
    const rare = ROWS.findLast(({ instrument }) => instrument === INSTRUMENTS[0])!;
    assert.ok(last - rare.received > 0);
    for (const speed of ["max", 10] as const) {
      const feed = new ReplayFeed({ path, speed, venue }, quickClock());
      const batches = await batchesOf(feed, [EVENTS[0].instrument]);
      assert.equal(batches.at(-1)!.now, last, `speed ${speed}`);
      const none = await batchesOf(feed, [{ exchange: "two", symbol: "ETH/USDT" }]);
      const end = none.at(-1)!;
      assert.deepEqual([end.events, end.now], [[], last]);
      for (const [exchange, time] of end.times!) {
        const own = EVENTS.findLast(({ instrument }) => instrument.exchange === exchange)!;
        assert.ok(time >= own.received && time < last);
      }
    }
  }));

Deno.test("a replay that goes on behind a stop gives what was before at once, the rest in time", () =>
  withTape(TRADES, async (path) => {
    const since = NINE + 2_000, clock = quickClock();
    const feed = new ReplayFeed({ path, speed: 1, venue }, clock);
    const batches = await timed(feed, clock, () => since);
    const first = EVENTS.findIndex(({ trade }) => trade.timestamp >= since);
    const atOnce = batches.filter(({ at }) => at === 0).flatMap(({ events }) => events);
    assert.deepEqual(atOnce.slice(0, first), EVENTS.slice(0, first));
    assert.ok(atOnce.length - first <= 1);
    for (const { events, at } of batches) {
      for (const event of events) assert.ok(at >= arrival(event) - ROWS[first].received - 1e-6);
    }
    const done = await timed(feed, clock, () => NINE + 60_000);
    assert.ok(done.every(({ at }) => at === 0));
    assert.equal(done.flatMap(({ events }) => events).length, EVENTS.length);
  }));

Deno.test("a replay ends soon after it is told to", () =>
  withTape(TRADES, async (path) => {
    for (const speed of ["max", 1] as const) {
      const stop = new AbortController();
      const feed = new ReplayFeed({ path, speed, venue }, quickClock());
      let batches = 0;
      for await (const _ of feed.trades(INSTRUMENTS, () => undefined, stop.signal)) {
        batches++;
        stop.abort();
      }
      assert.equal(batches, 1, `speed ${speed}`);
    }
  }));

Deno.test("a replay ends when it is told to while it waits", () =>
  withTape(TRADES, async (path) => {
    const stop = new AbortController();
    const clock: Clock = {
      now: () => 0,
      monotonic: () => 0,
      sleep: (_milliseconds, signal) =>
        new Promise((resolve) => {
          signal!.addEventListener("abort", () => resolve());
          stop.abort();
        }),
    };
    const feed = new ReplayFeed({ path, speed: 1, venue }, clock);
    const batches = await batchesOf(feed, INSTRUMENTS, () => undefined, stop.signal);
    assert.deepEqual(batches.map(({ events }) => events), [[EVENTS[0]]]);
  }));

Deno.test("a replay knows the decimals of its instruments by their new names", () =>
  withTape(TRADES, async (path) => {
    const feed = new ReplayFeed({ path, speed: "max", venue }, quickClock());
    assert.equal(await feed.priceDecimals(EVENTS[0].instrument), 2);
    assert.equal(await feed.priceDecimals({ exchange: "one", symbol: "BTC/USDT" }), undefined);
  }));

Deno.test("a tape that does not name its instrument takes the names that are given", async () => {
  const folder = await Deno.makeTempDir(), path = `${folder}/tape.csv`;
  try {
    await Deno.writeTextFile(path, `id,timestamp,price,amount,side\na,${NINE},5.5,1,buy\n`);
    const names = { market: "mine", symbol: "BTC/USDT" }, replay = { path, venue, names };
    const feed = new ReplayFeed({ ...replay, speed: "max" }, quickClock());
    const mine = { exchange: "mine@tape", symbol: "BTC/USDT" };
    assert.equal(await feed.priceDecimals(mine), 1);
    const [{ events, now }] = await batchesOf(feed, [mine]);
    assert.deepEqual([events[0].instrument, events[0].received, now], [mine, NINE, NINE]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a tape whose receive times step back is given in its own order", () => {
  const trades: MadeTrade[] = [[0, 0, 100], [1, 10, 900], [2, 20, 300], [0, 30, 1_000]];
  return withTape(trades, async (path) => {
    for (const speed of ["max", 1] as const) {
      const feed = new ReplayFeed({ path, speed, venue }, quickClock());
      const batches = await batchesOf(feed, INSTRUMENTS);
      const ids = batches.flatMap(({ events }) => events).map(({ trade }) => trade.id);
      assert.deepEqual(ids, ["0", "1", "2", "3"]);
    }
  });
});

for (const speed of ["max", 5] as const) {
  Deno.test(`what the ids show to be missing is told in its time, at speed ${speed}`, () =>
    inTempFolder(async (folder) => {
      const path = `${folder}/tape.csv`,
        row = (symbol: string, id: number, second: number) =>
          `${id},${NINE + 1_000 * second},1,1,buy,one,${symbol}`;
      const lines = Array.from({ length: 40 }, (_, i) => row("BTC/USDT", i < 30 ? i : i + 5, i))
        .concat(Array.from({ length: 40 }, (_, i) => row("ETH/USDT", 10 + i, i + 0.5)));
      const sorted = lines.sort((a, b) => Number(a.split(",")[1]) - Number(b.split(",")[1]));
      await Deno.writeTextFile(
        path,
        ["id,timestamp,price,amount,side,market,symbol", ...sorted].join("\n"),
      );
      const feed = new ReplayFeed({ path, speed, venue }, quickClock());
      const told = await timed(feed, { time: 0 }),
        instrument = { ...INSTRUMENTS[0], exchange: "one@tape" };
      const at = told.findIndex(({ lost }) => lost);
      const reason = "5 of the ids that follow each other are not on the tape";
      assert.deepEqual(told.flatMap(({ lost = [] }) => lost), [
        { instrument, from: NINE + 29_000, to: NINE + 30_001, reason },
      ]);
      // Behind the trade before the hole, and before any time has passed in it.
      const last = told.slice(0, at).flatMap(({ events }) => events).at(-1)!;
      assert.deepEqual([last.trade.id, told[at].events, told[at].now], ["29", [], NINE + 29_000]);
      const later = await timed(feed, { time: 0 }, () => NINE + 31_000);
      assert.equal(later.some(({ lost }) => lost), false);
    }));
}
