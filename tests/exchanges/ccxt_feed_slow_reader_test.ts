import assert from "node:assert/strict";
import type { FeedBatch } from "../../engine/ports/feed.ts";
import { faultPlan, PAGE_FAULTS } from "../support/fake_exchange/fault_plan.ts";
import { madeRows } from "../support/fake_exchange/made_rows.ts";
import { type Heard, listen, unheard } from "./listen.ts";
import { surelyHere } from "./surely_here.ts";

/** How many trades came behind another one with which the feed said that it had seen all. */
function overtaken({ exchange }: Heard, batches: readonly FeedBatch[]): number {
  const given = new Set<string>(), here = surelyHere(exchange);
  const pushed = exchange.served.map(({ symbol, push, at }) => {
    return { key: `${symbol} ${push.id}`, here: here(at) };
  });
  const begun = new Set<string>(), early = new Set<string>();
  for (const { events, now } of batches) {
    for (const { instrument: { symbol }, trade, received, observed = received } of events) {
      const through = Math.min(observed, now);
      for (const { key, here } of pushed) {
        if (here >= through) break;
        if (!given.has(key) && begun.has(key.split(" ")[0])) early.add(key);
      }
      given.add(`${symbol} ${trade.id}`);
      begun.add(symbol);
    }
  }
  return early.size;
}

/** Hears a tape with cuts and has so much wait that what came before, during and behind them is read together. */
async function hearLate(seed: number): Promise<{ heard: Heard; batches: FeedBatch[] }> {
  const batches: FeedBatch[] = [];
  const heard = await listen({
    dialect: "binance",
    rows: madeRows(400),
    exchange: { pace: 80, faults: faultPlan(seed, ["close", ...PAGE_FAULTS]) },
    onBatch: async (batch) => {
      batches.push(batch);
      await new Promise((resolve) => setTimeout(resolve, 600));
    },
  });
  return { heard, batches };
}

Deno.test("a reader who comes late is told with each trade how far the others were seen", async () => {
  // Whether the times of arrival alone would say otherwise depends on what is read together.
  let isOtherwise = false;
  for (let seed = 1; !isOtherwise && seed <= 8; seed++) {
    const { heard, batches } = await hearLate(seed);
    assert.deepEqual(unheard(heard), []);
    assert.equal(overtaken(heard, batches), 0);
    const plain = batches.map(({ events, now }) => ({
      events: events.map(({ observed: _, ...event }) => event),
      now,
    }));
    isOtherwise = overtaken(heard, plain) > 0;
  }
  assert.ok(isOtherwise);
});
