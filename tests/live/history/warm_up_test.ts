import assert from "node:assert/strict";
import { warmUp } from "../../../engine/live/history/warm_up.ts";
import type { History } from "../../../engine/ports/history.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { withStore } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { FakeClock } from "../fake_clock.ts";
import { CANDLES, CONFIGS } from "../made_bots.ts";

const KEY = CONFIGS[0].market, OPEN = CANDLES[0].time - 1_000, NOW = OPEN + 300_000;

/** Warms up 300 candles of an exchange that answers as `asked` says. */
function warming(store: Store, clock: FakeClock, asked: History["candles"], told: string[]) {
  const tell = (message: string) => void told.push(message), { signal } = new AbortController();
  const history = { candles: asked }, wanted = () => 300;
  return warmUp(KEY, [], { store, clock, history, warmUp: wanted, tell, signal });
}

const between = (from: number, to: number) =>
  CANDLES.filter(({ time }) => time > from && time <= to);

Deno.test("an exchange that keeps few candles gives nearly all of them to a new market", () =>
  withStore(async (store) => {
    const told: string[] = [], oldest = OPEN + 90_000;
    await warming(store, new FakeClock(NOW), async function* (_key, from, to) {
      await Promise.resolve();
      if (from < oldest) throw new Error("it gives the last 210 only");
      yield { candles: between(from, to), through: to };
    }, told);
    const rows = (await store.marketData.candles(KEY)).rows();
    assert.ok(rows.length > 210 - 30, `${rows.length} of 210`);
    assert.deepEqual(rows, CANDLES.slice(300 - rows.length, 300));
    assert.match(told.join(), /not from .*: it gives the last 210 only/);
  }));

Deno.test("what an exchange gave before it fell silent is kept", () =>
  withStore(async (store) => {
    const told: string[] = [], clock = new FakeClock(NOW);
    let asked = 0;
    const done = warming(store, clock, async function* (_key, from, to, signal) {
      asked++;
      if (asked === 1) throw new Error("so many at once it does not give");
      if (asked > 2) return await clock.sleep(1e9, signal);
      yield { candles: between(from, to), through: to };
    }, told);
    await eventually("it is silent", () => asked === 3 && clock.sleeping === 2);
    clock.advance(120_000);
    await done;
    assert.deepEqual((await store.marketData.candles(KEY)).rows(), CANDLES.slice(150, 300));
    assert.match(told.join(), /150 candles to begin with, .*: no answer in time/);
  }));
