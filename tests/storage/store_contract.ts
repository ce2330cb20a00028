import assert from "node:assert/strict";
import type { Store } from "../../engine/ports/store.ts";
import { botContract } from "./bot_contract.ts";
import { commitContract } from "./commit_contract.ts";
import { marketDataContract } from "./market_data_contract.ts";
import { rawTradesContract } from "./raw_trades_contract.ts";

/** Runs a test with an empty store that is gone afterwards. */
export type WithStore = (test: (store: Store) => Promise<void>) => Promise<void>;

/** Registers what every store must do; `name` begins the names of the tests. */
export function storeContract(name: string, withStore: WithStore): void {
  const test = (what: string, body: (store: Store) => Promise<void>) =>
    Deno.test(`${name} ${what}`, () => withStore(body));
  marketDataContract(test);
  rawTradesContract(test);
  botContract(test);
  commitContract(test);

  test("is healthy and counts its rows", async (store) => {
    const health = await store.healthCheck();
    assert.equal(health.healthy, true);
    assert.ok(health.latency > 0 && health.detail.length > 0);
    const none = { candles: 0, bots: 0, signals: 0, trades: 0, performance: 0 };
    assert.deepEqual(await store.stats(), none);
    await store.bots.create({ id: "one", config: {}, run: {} });
    assert.deepEqual(await store.stats(), { ...none, bots: 1 });
  });

  test("once closed is unhealthy and refuses work with its own error", async (store) => {
    await store.close();
    const { healthy, detail } = await store.healthCheck();
    assert.equal(healthy, false);
    assert.match(detail, /closed/);
    await assert.rejects(store.stats(), { name: "StoreError", message: /closed/ });
  });
}

/** How a contract registers a test. */
export type ContractTest = (what: string, body: (store: Store) => Promise<void>) => void;
