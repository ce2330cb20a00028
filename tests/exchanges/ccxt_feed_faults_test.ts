import assert from "node:assert/strict";
import type { DialectName } from "../support/fake_exchange/dialect.ts";
import {
  FAULT_CLASSES,
  type FaultClass,
  faultPlan,
  PAGE_FAULTS,
  SOCKET_FAULTS,
} from "../support/fake_exchange/fault_plan.ts";
import { madeRows } from "../support/fake_exchange/made_rows.ts";
import { quietly } from "../support/fake_exchange/quietly.ts";
import {
  type Heard,
  heardAmounts,
  listen,
  made,
  missing,
  servedAmounts,
  unheard,
} from "./listen.ts";

const DIALECTS: readonly DialectName[] = ["okx", "binance", "coinbase", "kraken"];
const ROWS = madeRows(200);

function hear(dialect: DialectName, classes: readonly FaultClass[], seed: number): Promise<Heard> {
  const exchange = { pace: 40, faults: faultPlan(seed, classes) };
  return listen({ dialect, rows: ROWS, exchange, seed });
}

/** Everything that was served was heard, nothing else was, and nothing that was given up stayed so. */
function assertWhole(heard: Heard): void {
  assert.equal(heard.exchange.served.length, ROWS.length);
  assert.deepEqual(unheard(heard), [], heard.troubles.join("\n"));
  assert.deepEqual(missing(heard), []);
  assert.deepEqual(heardAmounts(heard), servedAmounts(heard));
}

for (const dialect of DIALECTS) {
  Deno.test(`no trade of ${dialect} is lost, whatever happens to sockets and pages`, async () => {
    for (const seed of [1, 2]) {
      const heard = await hear(dialect, [...SOCKET_FAULTS, ...PAGE_FAULTS, "skew"], seed);
      assertWhole(heard);
      assert.deepEqual(made(heard), []);
      assert.deepEqual(heard.early, [], "it says that it has seen what it has not");
    }
  });

  Deno.test(`no trade of ${dialect} is lost, whatever happens at all`, () =>
    quietly(async () => {
      const heard = await hear(dialect, FAULT_CLASSES, 3);
      assertWhole(heard);
      const hit = FAULT_CLASSES.filter((name) => heard.exchange.injected[name] > 0);
      assert.ok(hit.length > 10, hit.join());
    }));
}

for (const [i, name] of FAULT_CLASSES.entries()) {
  const dialect = i % 2 ? "okx" : "binance";
  Deno.test(`no trade of ${dialect} is lost by ${name}`, () =>
    quietly(async () => {
      const heard = await hear(dialect, [name], 6);
      assertWhole(heard);
      assert.ok(heard.exchange.injected[name] > 0);
    }));
}

Deno.test("without fetching what was missed, trades are lost: the tests above can fail", async () => {
  for (const dialect of DIALECTS) {
    const faults = faultPlan(1, ["close", "reset"]), settings = { backfill: false };
    const heard = await listen({
      dialect,
      rows: ROWS,
      settings: { ...settings, reconnect: { first: 40_000, most: 40_000 } },
      exchange: { pace: 40, faults },
    });
    assert.ok(unheard(heard).length > 0, dialect);
  }
});
