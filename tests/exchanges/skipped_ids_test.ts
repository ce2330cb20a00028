import assert from "node:assert/strict";
import { Skipped } from "../../engine/exchanges/skipped_ids.ts";
import { MarketCandles } from "../../engine/live/collector/market_candles.ts";
import { REVISABLE } from "../../engine/ports/feed.ts";

const NOON = Date.UTC(2024, 7, 8, 12);

const trade = (timestamp: number) => {
  return { id: `${timestamp}`, timestamp, price: 1, amount: 1, side: "buy" as const };
};

/** Whether a trade of NOON still revises its candle when `age` milliseconds have passed. */
function isOfUse(age: number): boolean {
  const key = { exchange: "okx", symbol: "BTC/USDT", timeframe: "1s" as const };
  const candles = new MarketCandles(key);
  for (let at = NOON - 2_000; at <= NOON + age; at += 1_000) candles.take(trade(at));
  candles.take(trade(NOON + age));
  return candles.take(trade(NOON)) === "late";
}

Deno.test("what was skipped is asked for while it can be of use, and no longer", () => {
  for (let age = 1_000; age <= 2 * REVISABLE + 30_000; age += 7_000) {
    const skipped = new Skipped();
    skipped.add({ first: 5, last: 7, from: NOON, to: NOON });
    const isAsked = skipped.at(NOON + age).length > 0;
    // Candles are kept as a whole, so that some trades are of use for a second or two more.
    if (isAsked) assert.ok(isOfUse(age), `${age}: of no use`);
    else assert.ok(!isOfUse(age + 2_000), `${age}: of use`);
  }
});

Deno.test("of a trade that was skipped it is known for long enough that it was had", () => {
  const found: unknown[] = [], ids = { first: 5n, last: 7n, from: NOON, to: NOON };
  const skipped = new Skipped(({ first, last }) => found.push([first, last]));
  skipped.add(ids);
  const isWanted = () => [5n, 6n, 7n, 9n].map((id) => skipped.isWanted(id));
  assert.deepEqual(isWanted(), [true, true, true, false]);
  skipped.take(6n, 6n);
  assert.deepEqual(isWanted(), [true, false, true, false]);
  assert.ok(!skipped.isWhole(5n, 7n));
  assert.ok(skipped.isWhole(8n, 9n));
  assert.equal(skipped.at(NOON).length, 1);
  assert.equal(skipped.at(NOON + REVISABLE + 1).length, 0);
  skipped.take(5n, 6n);
  assert.deepEqual(found, []);
  skipped.take(7n, 8n);
  skipped.take(7n, 7n);
  assert.deepEqual(found, [[5n, 7n]], "once, when all was had");
  assert.deepEqual(skipped.at(NOON), [], "what was had need not be asked for");
});
