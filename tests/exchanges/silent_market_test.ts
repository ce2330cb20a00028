import assert from "node:assert/strict";
import { seededRandom } from "../../data/random.ts";
import { CountedLane } from "../../engine/exchanges/counted_lane.ts";
import { fillLoose } from "../../engine/exchanges/fill_loose.ts";
import { findStart } from "../../engine/exchanges/find_start.ts";
import { LooseLane } from "../../engine/exchanges/loose_lane.ts";
import { feedOf, stepped } from "./stepped_feed.ts";
import { pagesOf, recorder, toolsOf } from "./made_market.ts";
import { madeRows, SYMBOLS } from "../support/fake_exchange/made_rows.ts";

Deno.test("one market that brings nothing any more is noticed beside others that are busy", async () => {
  const rows = madeRows(500), [quiet] = SYMBOLS, exchange = await stepped("okx", rows);
  const stop = new AbortController(), told: string[] = [], seen = new Set<string>();
  const feed = feedOf("okx", exchange, {
    watch: { trouble: (text) => told.push(text) },
    // The other market is too busy for the socket to seem silent.
    settings: { probeAfter: 1e9 },
  });
  const instruments = SYMBOLS.map((symbol) => ({ exchange: "okx", symbol }));
  const timer = setInterval(() => exchange.advance(100), 2);
  const isTold = () => told.some((text) => text.includes(`${quiet}: trades do not come by`));
  try {
    let deaf = false;
    for await (const { events } of feed.trades(instruments, () => undefined, stop.signal)) {
      for (const { instrument, trade } of events) seen.add(`${instrument.symbol} ${trade.id}`);
      if (!deaf && seen.size > 100) {
        deaf = true;
        exchange.deafen(quiet);
      }
      if (isTold() || exchange.now() > rows.at(-1)!.trade.timestamp + 600_000) break;
    }
  } finally {
    clearInterval(timer);
    stop.abort();
    await exchange.stop();
  }
  assert.ok(isTold(), `${told}`);
});

Deno.test("where no past trade can be fetched, what is wanted of the past is told as lost", async () => {
  const output = recorder(), lane = new CountedLane(output, 5_000);
  lane.begin(60_000);
  const random = seededRandom(1), kind = { isById: true, oldestFirst: true, faulty: false };
  await findStart(lane, toolsOf(pagesOf(() => [], random, kind), random));
  assert.deepEqual(output.spans, [[5_000, 60_000]]);
  assert.ok(lane.isComplete);
  const loose = new LooseLane(output, 5_000);
  loose.begin(60_000);
  const byTime = { ...kind, isById: false };
  await fillLoose(loose, toolsOf(pagesOf(() => [], random, byTime), random));
  assert.deepEqual(output.spans.slice(1), [[5_000, 60_001]]);
});
