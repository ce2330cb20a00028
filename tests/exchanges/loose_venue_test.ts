import assert from "node:assert/strict";
import { seededRandom } from "../../data/random.ts";
import { LooseLane } from "../../engine/exchanges/loose_lane.ts";
import { reachBack } from "../../engine/exchanges/reach_back.ts";
import type { Arrival } from "../../engine/exchanges/read_trade.ts";
import { madeRows } from "../support/fake_exchange/made_rows.ts";
import { heardAmounts, listen, made, servedAmounts, unheard } from "./listen.ts";
import { market, pagesOf, recorder, toolsOf } from "./made_market.ts";

/** Venues of which it is forgotten that their ids count up: one cuts pages at their old end, one at the new. */
const LOOSE = ["coinbase", "kraken"] as const;

for (const dialect of LOOSE) {
  Deno.test(`what an open socket of ${dialect} drops is fetched, though ids tell nothing`, async () => {
    const rows = madeRows(300), at = [60, 160].map((i) => rows[i].trade.timestamp);
    const heard = await listen({
      ...{ dialect, rows, exchange: { pace: 30, aggregate: false }, settings: { counts: false } },
      onBatch: (_, exchange) => {
        if (at.length === 0 || exchange.now() < at[0]) return;
        at.shift();
        exchange.inject("silence", { lasts: 1_800 });
      },
      goesOn: (heard) => unheard(heard).length > 0 && heard.batches < 5_000,
    });
    assert.ok(heard.exchange.injected.silence >= 2);
    assert.deepEqual(unheard(heard), [], heard.troubles.join("\n"));
    assert.deepEqual([heard.lost, made(heard)], [[], []]);
    assert.deepEqual(heardAmounts(heard), servedAmounts(heard));
  });
}

/** A lane that has heard all of these but a few. */
function lane(all: readonly Arrival[], isHeard: (i: number) => boolean) {
  const output = recorder(), lane = new LooseLane(output, undefined);
  lane.begin(all[0].trade.timestamp);
  all.forEach((arrival, i) => isHeard(i) && lane.take(arrival));
  return { lane, output };
}

const ids = (all: readonly Arrival[]) => all.map(({ trade }) => trade.id);

Deno.test("a trade is known by its id, however much newer ones came", () => {
  const all = market(seededRandom(3), 100, undefined);
  const { lane: one, output } = lane(all, (i) => i < 40 || i >= 45);
  const missing = one.missing(all.slice(20));
  assert.deepEqual(ids(missing), ids(all.slice(40, 45)));
  assert.ok(one.recover(missing));
  assert.deepEqual(output.passed.slice(-5), ids(missing));
  assert.deepEqual(one.missing(all), [], "and once only");
});

Deno.test("what is newer than all that came has to be fetched from there on", () => {
  const all = market(seededRandom(4), 60, undefined), { lane: one } = lane(all, (i) => i < 50);
  const missing = one.missing(all);
  assert.deepEqual(ids(missing), ids(all.slice(50)));
  assert.ok(!one.recover(missing));
});

Deno.test("trades that REST tells otherwise than the stream are not taken for missing", () => {
  const all = market(seededRandom(5), 60, undefined), { lane: one } = lane(all, () => true);
  const other = all.map((one) => ({ ...one, trade: { ...one.trade, id: `r${one.trade.id}` } }));
  assert.deepEqual(one.missing(other.slice(0, 59)), [], "with other ids");
  // Of two fills the stream gives the last one, with the amounts of both.
  const joined = lane(
    all.map((one, i) => ({ ...one, trade: { ...one.trade, amount: i % 2 ? 2 : 1 } })),
    (i) => i % 2 === 1,
  );
  assert.deepEqual(joined.lane.missing(all), [], "joined");
});

Deno.test("what nobody remembers any more is not taken for missing", () => {
  const all = market(seededRandom(6), 20_000, 1n), { lane: one } = lane(all, (i) => i !== 17_000);
  assert.deepEqual(ids(one.missing(all)), ["17001"]);
});

Deno.test("a page of the newest trades is made to reach back, whichever end pages are cut at", async () => {
  for (const oldestFirst of [true, false]) {
    const random = seededRandom(7), all = market(random, 90, undefined);
    const pages = pagesOf(() => all, random, { isById: false, oldestFirst, faulty: false });
    const to = all[30].trade.timestamp, newest = await pages.byTime(undefined, undefined);
    const reached = await reachBack(newest!, to, toolsOf(pages, random));
    const wanted = ids(all.filter(({ trade }) => trade.timestamp >= to)).toSorted();
    const had = ids(reached!).filter((id) => wanted.includes(id)).toSorted();
    assert.deepEqual(had, wanted);
    assert.deepEqual(
      ids((await reachBack(newest!, all[85].trade.timestamp, toolsOf(pages, random)))!),
      ids(newest!),
    );
  }
});
