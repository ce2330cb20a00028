import assert from "node:assert/strict";
import { LOOKS_STALE, observer, type SeenBot } from "../../engine/notify/observer.ts";

const bot: SeenBot = { id: "a", status: "running", reason: "", restarts: 0, trades: 3 };
const of = (...bots: Partial<SeenBot>[]) => ({
  bots: bots.map((one) => ({ ...bot, ...one })),
  stale: [],
});

Deno.test("what became of bots is told once, what is grave at the first look too", () => {
  const observe = observer();
  const texts = (...bots: Partial<SeenBot>[]) => observe(of(...bots)).map(({ text }) => text);
  assert.deepEqual(texts({}, { id: "b", status: "diverged", reason: "row 4" }), [
    "b: diverged: row 4",
  ]);
  assert.deepEqual(texts({ trades: 5 }), ["a: 2 trades were closed, 5 so far"]);
  assert.deepEqual(texts({ trades: 5, restarts: 1 }), ["a: crashed and was started again"]);
  assert.deepEqual(texts({ trades: 5, restarts: 1, status: "crashed", reason: "boom" }), [
    "a: crashed: boom",
  ]);
  // The restart is recorded behind the status.
  assert.deepEqual(texts({ trades: 5, restarts: 2 }), ["a: running"]);
  assert.deepEqual(texts({ trades: 5, restarts: 2 }), []);
  assert.deepEqual(texts({ trades: 5, restarts: 3, status: "quarantined" }), ["a: quarantined"]);
  assert.deepEqual(texts({ trades: 5, restarts: 3, status: "quarantined" }), []);
});

Deno.test("a database that is away is told once, and that it is back; one miss is nothing", () => {
  const observe = observer(), away = { away: "no answer" };
  const kinds = [of({}), away, of({}), away, away, away, of({}), of({})].map((look) =>
    observe(look).map(({ kind }) => kind)
  );
  assert.deepEqual(kinds, [[], [], [], [], ["databaseAway"], [], ["databaseBack"], []]);
});

Deno.test("data is stale when it has been for a minute, and told to be fresh after that only", () => {
  const observe = observer();
  const newest = Date.UTC(2024, 7, 8, 12);
  const series = { exchange: "okx", symbol: "BTC/USDT", timeframe: "1m" as const, newest };
  const told = (isStale: boolean) => observe({ bots: [], stale: isStale ? [series] : [] });
  for (let look = 1; look < LOOKS_STALE; look++) assert.deepEqual(told(true), []);
  assert.deepEqual(told(false), []);
  const all = Array.from({ length: LOOKS_STALE + 5 }, () => told(true)).flat();
  assert.deepEqual(all, [{
    kind: "dataStale",
    text: "okx BTC/USDT 1m is stale: its newest candle closed at 2024-08-08T12:00:00.000Z",
  }]);
  assert.deepEqual(told(false).map(({ text }) => text), [
    "okx BTC/USDT 1m is as new as it should be",
  ]);
});

Deno.test("of a bot that is new since the look before all is told, of those of the first look only what is grave", () => {
  const observe = observer();
  const texts = (...bots: Partial<SeenBot>[]) => observe(of(...bots)).map(({ text }) => text);
  assert.deepEqual(texts({}), []);
  assert.deepEqual(texts({}, { id: "b", status: "finished", reason: "the tape ended" }), [
    "b: finished: the tape ended",
    "b: 3 trades were closed, 3 so far",
  ]);
  assert.deepEqual(texts({}, { id: "b", status: "finished" }), []);
});
