import assert from "node:assert/strict";
import { seededRandom } from "../../data/random.ts";
import { CountedLane } from "../../engine/exchanges/counted_lane.ts";
import { fillByTime } from "../../engine/exchanges/fill_by_time.ts";
import type { Arrival } from "../../engine/exchanges/read_trade.ts";
import { pagesOf, recorder, toolsOf } from "./made_market.ts";

const NINE = Date.UTC(2024, 7, 8, 9);

/** A trade every 400 ms; in the moments that are given so many more than a page holds, all at once. */
function dense(moments: readonly number[], within: number): Arrival[] {
  const times: number[] = [];
  for (let i = 0; i < 60; i++) {
    times.push(NINE + 400 * i);
    if (!moments.includes(i)) continue;
    const start = NINE + 400 * i - (NINE + 400 * i) % within;
    for (let k = 0; k < 35; k++) {
      times.push(Math.max(NINE + 400 * i, start + Math.floor(within * k / 35)));
    }
  }
  return times.toSorted((a, b) => a - b).map((timestamp, i) => ({
    trade: { id: `${1_000 + i}`, timestamp, price: 1, amount: 1, side: "buy" as const },
    fills: 1,
    received: timestamp,
  }));
}

const CASES = [
  { name: "whole seconds, newest first", oldestFirst: false, step: 1_000 },
  { name: "milliseconds, newest first", oldestFirst: false, step: 1 },
  { name: "milliseconds, oldest first", oldestFirst: true, step: 1 },
];

for (const { name, oldestFirst, step } of CASES) {
  for (const faulty of [false, true]) {
    Deno.test(`a moment that no page holds costs only itself: ${name}${faulty ? ", faulty" : ""}`, async () => {
      for (const moments of [[30], [20, 45], [25, 26]]) {
        const random = seededRandom(9), all = dense(moments, step), output = recorder();
        const lane = new CountedLane(output, undefined);
        lane.begin(all[0].trade.timestamp);
        for (const arrival of all.slice(0, 5)) lane.take(arrival);
        lane.interrupt(true);
        for (const arrival of all.slice(-3)) lane.take(arrival);
        const pages = pagesOf(() => all, random, { isById: false, oldestFirst, step, faulty });
        await fillByTime(lane, toolsOf(pages, random));
        const passed = new Set(output.passed);
        const momentOf = ({ trade }: Arrival) => Math.floor(trade.timestamp / step);
        const crowds = Map.groupBy(all, momentOf);
        const gone = all.filter(({ trade }) => !passed.has(trade.id));
        assert.equal(passed.size, output.passed.length);
        for (const one of gone) {
          assert.ok(crowds.get(momentOf(one))!.length > 10, `${one.trade.id} could be had`);
          const { timestamp } = one.trade;
          assert.ok(output.spans.some(([from, to]) => timestamp >= from && timestamp < to), "told");
        }
        // Of each moment a page of ten can be had at least.
        for (const crowd of crowds.values()) {
          const had = crowd.filter(({ trade }) => passed.has(trade.id)).length;
          assert.ok(had >= Math.min(10, crowd.length), `${had} of ${crowd.length}`);
        }
        assert.ok(gone.length > 0);
        const longest = Math.max(...output.spans.map(([from, to]) => to - from));
        assert.ok(longest <= 2 * step + 402, `${longest} ms are told as lost`);
      }
    });
  }
}

Deno.test("a moment that no page holds does not hide where to begin", async () => {
  const all = dense([40], 1_000), random = seededRandom(2), output = recorder();
  const since = all[12].trade.timestamp, lane = new CountedLane(output, since);
  lane.begin(all.at(-1)!.trade.timestamp);
  const kind = { isById: false, oldestFirst: false, step: 1_000, faulty: false };
  await fillByTime(lane, toolsOf(pagesOf(() => all, random, kind), random));
  const passed = new Set(output.passed);
  for (const { trade } of all.slice(12)) {
    const told = output.spans.some(([from, to]) => trade.timestamp >= from && trade.timestamp < to);
    assert.ok(passed.has(trade.id) || told, trade.id);
  }
  assert.ok(passed.has(all[12].trade.id));
  const secondOf = ({ trade }: Arrival) => Math.floor(trade.timestamp / 1_000);
  const crowds = Map.groupBy(all, secondOf);
  const gone = all.slice(12).filter(({ trade }) => !passed.has(trade.id));
  assert.ok(gone.length > 0 && gone.every((one) => crowds.get(secondOf(one))!.length > 10));
});
