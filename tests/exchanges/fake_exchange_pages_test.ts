import assert from "node:assert/strict";
import type { FakeExchange } from "../support/fake_exchange/fake_exchange.ts";
import { FAULT_CLASSES, faultPlan } from "../support/fake_exchange/fault_plan.ts";
import { SYMBOLS } from "../support/fake_exchange/made_rows.ts";
import { quietly } from "../support/fake_exchange/quietly.ts";
import { ALL, ROWS, withClient } from "../support/fake_exchange/with_client.ts";

const [BTC] = SYMBOLS;
const OLD = { method: "publicGetMarketHistoryTrades" };

Deno.test("pages: refusals, failures, silence, holes and overlaps", () =>
  withClient("okx", async ({ ccxt, until, errors }, exchange) => {
    exchange.advance(ALL);
    const page = () => ccxt.fetchTrades(BTC, undefined, 100, { ...OLD, after: "1200" });
    const ids = (trades: { id: string }[]) => trades.map(({ id }) => id), right = ids(await page());
    const during = async (name: Parameters<FakeExchange["inject"]>[0], seed?: number) => {
      const failures = errors.length;
      exchange.inject(name, { seed });
      await until(() => errors.length > failures && exchange.sockets().subscribed === 2);
      ccxt.timeout = name === "timeout" ? 300 : 10_000;
      const told = await page().then(ids, String);
      ccxt.timeout = 10_000;
      assert.equal(exchange.injected[name], 1);
      assert.deepEqual(ids(await page()), right);
      return told;
    };
    assert.match(`${await during("429")}`, /RateLimitExceeded/);
    assert.match(`${await during("500")}`, /ExchangeNotAvailable/);
    assert.match(`${await during("timeout")}`, /RequestTimeout/);
    assert.deepEqual(await during("empty"), []);
    const overlapping = await during("overlapping");
    assert.ok(overlapping.includes("1200") && overlapping.length === 100);
    const truncated = await during("truncated", 3);
    assert.ok(truncated.length < 100 && truncated.length > 0);
    assert.deepEqual(truncated, right.slice(-truncated.length));
  }));

Deno.test("skew: the exchange's clock differs from the listener's", () =>
  withClient("okx", async ({ ccxt }, exchange) => {
    const plan = faultPlan(5, ["skew"]);
    assert.ok(Math.abs(plan.skew) >= 500);
    assert.equal(await ccxt.fetchTime() - exchange.localNow(), plan.skew);
    assert.equal(exchange.injected.skew, 1);
  }, { faults: faultPlan(5, ["skew"]) }));

Deno.test("a plan is the same for the same seed, and holds every class", () => {
  assert.deepEqual(faultPlan(7), faultPlan(7));
  assert.notDeepEqual(faultPlan(7).faults, faultPlan(8).faults);
  const classes = new Set(faultPlan(7).faults.map((fault) => fault.class));
  assert.deepEqual([...classes, "skew"].sort(), [...FAULT_CLASSES].sort());
});

Deno.test("a plan injects each of its classes while somebody listens and asks", () =>
  withClient("okx", async ({ ccxt, errors }, exchange) => {
    ccxt.timeout = 200;
    const page = { ...OLD, before: "1000" };
    let halfOpen = 0;
    await quietly(async () => {
      for (let step = 0; step < 260; step++) {
        exchange.advance(1_000);
        if (step % 3 === 0) await ccxt.fetchTrades(BTC, undefined, 100, page).catch(() => {});
        // Some turns of the event loop, which is also the exchange's: time to connect again.
        for (let turn = 0; turn < 12; turn++) {
          await new Promise((resolve) => setTimeout(resolve, 0));
        }
        if (exchange.injected.halfOpen > halfOpen) {
          halfOpen = exchange.injected.halfOpen; // a listener with a watchdog would hang up
          Object.values(ccxt.clients)[0].onError(new Error("silent"));
        }
      }
      exchange.advance(ALL);
      await exchange.finished;
    });
    assert.ok(errors.length > 0);
    const missing = FAULT_CLASSES.filter((name) => exchange.injected[name] === 0);
    assert.deepEqual(missing, []);
    const ids = exchange.served.map(({ symbol, trade }) => `${symbol} ${trade.id}`);
    assert.equal(new Set(ids).size, ROWS.length);
    assert.equal(ids.length, ROWS.length);
  }, { faults: faultPlan(3), rateLimits: false }));
