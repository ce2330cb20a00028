import assert from "node:assert/strict";
import { ahead } from "../support/ahead.ts";
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

/** What goes wrong while a feed listens. */
interface Case {
  dialect: DialectName;
  classes: readonly FaultClass[];
  seed: number;
}

const ALL_BUT_FRAMES = [...SOCKET_FAULTS, ...PAGE_FAULTS, "skew"] as const;
const SOME = DIALECTS.map((dialect) =>
  [1, 2].map((seed): Case => ({ dialect, classes: ALL_BUT_FRAMES, seed }))
);
const ALL = DIALECTS.map((dialect): Case => ({ dialect, classes: FAULT_CLASSES, seed: 3 }));
const SINGLE = FAULT_CLASSES.map((name, i): Case => {
  return { dialect: i % 2 ? "okx" : "binance", classes: [name], seed: 6 };
});

const hear = ahead<Case, Heard>(
  [...SOME.flat(), ...ALL, ...SINGLE],
  ({ dialect, classes, seed }) => {
    const exchange = { pace: 40, faults: faultPlan(seed, classes) };
    return quietly(() => listen({ dialect, rows: ROWS, exchange, seed }));
  },
);

/** Everything that was served was heard, nothing else was, and nothing that was given up stayed so. */
function assertWhole(heard: Heard): void {
  assert.equal(heard.exchange.served.length, ROWS.length);
  assert.deepEqual(unheard(heard), [], heard.troubles.join("\n"));
  assert.deepEqual(missing(heard), []);
  assert.deepEqual(heardAmounts(heard), servedAmounts(heard));
}

for (const [i, dialect] of DIALECTS.entries()) {
  Deno.test(`no trade of ${dialect} is lost, whatever happens to sockets and pages`, async () => {
    for (const one of SOME[i]) {
      const heard = await hear(one);
      assertWhole(heard);
      assert.deepEqual(made(heard), []);
      assert.deepEqual(heard.early, [], "it says that it has seen what it has not");
    }
  });

  Deno.test(`no trade of ${dialect} is lost, whatever happens at all`, async () => {
    const heard = await hear(ALL[i]);
    assertWhole(heard);
    const hit = FAULT_CLASSES.filter((name) => heard.exchange.injected[name] > 0);
    assert.ok(hit.length > 10, hit.join());
  });
}

for (const one of SINGLE) {
  const { dialect, classes: [name] } = one;
  Deno.test(`no trade of ${dialect} is lost by ${name}`, async () => {
    const heard = await hear(one);
    assertWhole(heard);
    assert.ok(heard.exchange.injected[name] > 0);
  });
}

Deno.test("without fetching what was missed, trades are lost: the tests above can fail", async () => {
  await Promise.all(DIALECTS.map(async (dialect) => {
    const faults = faultPlan(1, ["close", "reset"]), settings = { backfill: false };
    const heard = await listen({
      dialect,
      rows: ROWS,
      settings: { ...settings, reconnect: { first: 40_000, most: 40_000 } },
      exchange: { pace: 40, faults },
    });
    assert.ok(unheard(heard).length > 0, dialect);
  }));
});
