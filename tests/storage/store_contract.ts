import assert from "node:assert/strict";
import type { Store } from "../../engine/ports/store.ts";
import { botContract } from "./bot_contract.ts";
import { commitContract } from "./commit_contract.ts";
import { gapsContract } from "./gaps_contract.ts";
import { leaseContract } from "./lease_contract.ts";
import { maintainContract } from "./maintain_contract.ts";
import { marketDataContract } from "./market_data_contract.ts";
import { marketDataPointsContract } from "./market_data_points_contract.ts";
import { rawTradesContract } from "./raw_trades_contract.ts";
import { revisionsContract } from "./revisions_contract.ts";
import { statsContract } from "./stats_contract.ts";
import { verificationContract } from "./verification_contract.ts";
import { watchContract } from "./watch_contract.ts";
import { wishesContract } from "./wishes_contract.ts";

/** Runs a test with an empty store that is gone afterwards. */
export type WithStore = (test: (store: Store) => Promise<void>) => Promise<void>;

/** Registers what every store must do; `name` begins the names of the tests. */
export function storeContract(name: string, withStore: WithStore): void {
  const test = (what: string, body: (store: Store) => Promise<void>) =>
    Deno.test(`${name} ${what}`, () => withStore(body));
  marketDataContract(test);
  revisionsContract(test);
  gapsContract(test);
  rawTradesContract(test);
  marketDataPointsContract(test);
  botContract(test);
  leaseContract(test);
  wishesContract(test);
  commitContract(test);
  maintainContract(test);
  statsContract(test);
  verificationContract(test);
  watchContract(test);

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
