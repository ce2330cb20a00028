import assert from "node:assert/strict";
import type { FeedBatch } from "../../../engine/ports/feed.ts";
import type { History } from "../../../engine/ports/history.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { withStore } from "../../support/database.ts";
import { collectFrom, MINUTES, SECONDS, stored } from "../collecting.ts";
import { batch, BTC, event, madeFeed, NINE } from "../made_feed.ts";
import { lost, madeHistory } from "../made_history.ts";

/** A trade of `at` + 0.3 s seemed lost beside one of `at` + 0.9 s, and comes twelve seconds late. */
function batches(at: number): FeedBatch[] {
  const span = { instrument: BTC, from: NINE + at - 1_000, to: NINE + at + 901 };
  const late = event(at + 300, { price: 9, amount: 5, delay: 12_000 });
  return [
    batch(...Array.from({ length: at / 1_000 }, (_, i) => event(1_000 * i, { price: 50 }))),
    lost(at - 1_000, at + 901, event(at + 900, { price: 60 })),
    batch(event(at + 2_500, { price: 70 })),
    { ...batch(late), found: [span] },
    batch(...[130, 181, 182].map((second) => event(1_000 * second, { price: 80 }))),
  ];
}

/** The rows that close in the given second and the one behind it. */
async function near(
  store: Store,
  second: number,
  revision: "decided" | "latest",
): Promise<string[]> {
  const rows = await stored(store, SECONDS, revision);
  return rows.filter((row) => [second, second + 1].includes(Number(row.split(" ")[0])));
}

async function check(second: number, minute: string, history?: History): Promise<void> {
  await withStore(async (store) => {
    const feed = madeFeed(batches(1_000 * second)), told: string[] = [];
    const watch = { trouble: (text: string) => told.push(text) };
    await collectFrom(store, { feed, history }, { keys: [SECONDS, MINUTES], watch });
    const gaps = await store.marketData.gaps(BTC), starts = gaps.map(({ from }) => from - NINE);
    assert.deepEqual(starts, history ? [] : [1_000 * second - 1_000, 1_000 * second]);
    const decided = await near(store, second, "decided");
    assert.ok(decided.every((row) => row.endsWith("backfilled")), `${decided}`);
    assert.equal(decided.length, history ? 2 : 0);
    assert.deepEqual(await near(store, second, "latest"), [
      `${second} 50 50 50 50 1 traded`,
      `${second + 1} 9 60 9 60 6 traded`,
    ]);
    const minutes = await stored(store, MINUTES, "latest");
    assert.equal(minutes.find((row) => row.startsWith("120 ")), minute);
    assert.match(told.join("\n"), /trades that were missing have come/);
  });
}

Deno.test("what seemed lost and came after all gives the candles that it would have given", () =>
  check(61, "120 50 70 9 70 8 traded"));

Deno.test("so it does when the minute was over", () => check(119, "120 50 60 9 60 65 traded"));

Deno.test("so it does when the exchange's own candles stood in for them", () =>
  check(61, "120 50 70 9 70 8 traded", madeHistory({ 61: 55, 62: 60 })));
