import assert from "node:assert/strict";
import { seededRandom } from "../../data/random.ts";
import { CountedLane } from "../../engine/exchanges/counted_lane.ts";
import { fillByTime } from "../../engine/exchanges/fill_by_time.ts";
import { fillLoose } from "../../engine/exchanges/fill_loose.ts";
import { LooseLane } from "../../engine/exchanges/loose_lane.ts";
import { madeRows, SYMBOLS } from "../support/fake_exchange/made_rows.ts";
import { market, pagesOf, recorder, toolsOf } from "./made_market.ts";
import { feedOf, stepped } from "./stepped_feed.ts";

const KIND = { isById: false, oldestFirst: false };

/** Misses so many trades, of which some come in bursts and some behind hours of silence. */
async function miss(
  count: number,
  seed: number,
  more: { faulty?: boolean; forgotten?: number } = {},
) {
  const random = seededRandom(seed), all = market(random, count, 1_000n), output = recorder();
  let timestamp = all[0].trade.timestamp, burst = 0;
  for (const { trade } of all) {
    if (--burst < -50 && random() < 0.01) burst = Math.floor(100 * random());
    if (random() < 0.002) timestamp += Math.floor(5e6 * random());
    // Two of a moment at most, so that a page of ten reaches further back than one.
    timestamp += burst > 0 ? Number(trade.id) % 2 : 1 + Math.floor(800 * random());
    trade.timestamp = timestamp;
  }
  const known = () => [all[0], ...all.slice(1 + (more.forgotten ?? 0))];
  const pages = pagesOf(known, random, { ...KIND, faulty: more.faulty ?? false });
  const lane = new CountedLane(output, undefined), last = all.at(-1)!;
  let asked = 0, mostHeld = 0;
  const watched = {
    ...pages,
    byTime: (...wanted: Parameters<typeof pages.byTime>) => {
      asked++;
      mostHeld = Math.max(mostHeld, lane.size);
      return pages.byTime(...wanted);
    },
  };
  lane.take(all[0]);
  lane.interrupt(true);
  lane.begin(last.trade.timestamp);
  lane.take(last);
  await fillByTime(lane, { ...toolsOf(watched, random), mostHeld: 40 });
  return { all, output, lane, asked, mostHeld };
}

Deno.test("a long hole is filled from its beginning, and little is held meanwhile", async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { all, output, lane, asked, mostHeld } = await miss(3_000, seed);
    assert.deepEqual(output.passed, all.map(({ trade }) => trade.id), `seed ${seed}`);
    assert.deepEqual(output.spans, []);
    assert.ok(lane.isComplete);
    // Of ten trades a page there are 300 pages.
    assert.ok(asked < 1_000, `${asked} pages`);
    assert.ok(mostHeld <= 100, `${mostHeld} held`);
  }
});

Deno.test("a long hole is filled though pages are empty, or cut, by mistake", async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { all, output, mostHeld } = await miss(1_000, seed, { faulty: true });
    assert.deepEqual(output.passed, all.map(({ trade }) => trade.id), `seed ${seed}`);
    assert.ok(mostHeld <= 300, `${mostHeld} held`);
  }
});

Deno.test("what an exchange has forgotten of a long hole is told as lost, and the rest is had", async () => {
  for (let seed = 1; seed <= 10; seed++) {
    const forgotten = 700, { all, output } = await miss(2_000, seed, { forgotten });
    const there = [all[0], ...all.slice(1 + forgotten)];
    assert.deepEqual(output.passed, there.map(({ trade }) => trade.id), `seed ${seed}`);
    const span = [all[0].trade.timestamp, there[1].trade.timestamp + 1];
    assert.deepEqual(output.spans, [span]);
  }
});

Deno.test("where ids tell nothing a long hole is filled, or told as lost, and little is held", async () => {
  for (const oldestFirst of [true, false]) {
    const random = seededRandom(3), all = market(random, 6_000, undefined), output = recorder();
    const pages = pagesOf(() => all, random, { isById: false, oldestFirst, faulty: false });
    const lane = new LooseLane(output, undefined), last = all.at(-1)!;
    lane.begin(all[0].trade.timestamp);
    let asked = 0;
    const byTime: typeof pages.byTime = (...wanted) => (asked++, pages.byTime(...wanted));
    lane.take(all[0]);
    lane.interrupt();
    lane.begin(last.trade.timestamp);
    lane.take(last);
    // A hundred pages of ten.
    const tools = { ...toolsOf({ ...pages, byTime }, random), mostHeld: 1_000, mostPages: 5_000 };
    await fillLoose(lane, tools);
    const ids = all.map(({ trade }) => trade.id), { passed, spans } = output;
    if (oldestFirst) assert.deepEqual([passed, spans], [ids, []]);
    else {
      const there = ids.slice(1 - passed.length), [[from, to]] = spans;
      assert.deepEqual(passed, [ids[0], ...there]);
      assert.equal(from, all[0].trade.timestamp);
      assert.equal(to, all[ids.indexOf(there[0])].trade.timestamp + 1);
      assert.ok(asked < 250 && spans.length === 1);
    }
  }
});

Deno.test("a listener to coinbase catches up with more than it may hold, while more comes", async () => {
  const rows = madeRows(8_000), back = rows[rows.length - 2_000].trade.timestamp;
  const exchange = await stepped("coinbase", rows), stop = new AbortController();
  const feed = feedOf("coinbase", exchange, { settings: { queue: 2_000 } });
  const instruments = SYMBOLS.map((symbol) => ({ exchange: "coinbase", symbol }));
  const ids = new Set<string>(), lost: unknown[] = [];
  let batches = 0;
  try {
    for await (const batch of feed.trades(instruments, () => undefined, stop.signal)) {
      lost.push(...batch.lost ?? []);
      for (const { instrument, trade } of batch.events) ids.add(`${instrument.symbol} ${trade.id}`);
      if (batches === 0 && ids.size > 0) {
        exchange.inject("reset", { lasts: 1_000 });
        exchange.advance(back - exchange.now());
      }
      if (ids.size > 0) assert.ok(++batches < 2_000, "it never catches up");
      if (batch.now > back + 10_000) break;
      // There is always a frame on its way.
      exchange.advance(150);
    }
  } finally {
    stop.abort();
    await exchange.stop();
  }
  const isHeard = ({ instrument, trade }: typeof rows[number]) =>
    ids.has(`${instrument.symbol} ${trade.id}`);
  const first = rows.findIndex(isHeard),
    known = rows.findIndex(({ trade }) => {
      return trade.timestamp > back;
    });
  assert.ok(first < 20 && known > 12_000);
  assert.deepEqual([rows.slice(first, known).filter((row) => !isHeard(row)), lost], [[], []]);
});
