import assert from "node:assert/strict";
import { OUTAGES } from "../../faults/outages.ts";
import { storeRun } from "../../faults/store_run.ts";
import { skipped } from "../../faults/with_servers.ts";
import { madeRows } from "../../support/fake_exchange/made_rows.ts";
import { redisTest } from "../../support/redis.ts";

/** What is said of a database or a Redis that is away, and of its return. */
const SAID = {
  database: [
    /^The database is away, and what is made waits: Cannot store /,
    /The database is back/,
  ],
  bus: [/^Nobody is woken now, and everyone looks by the clock: /, /^The bus works again$/],
};

/** `deno task faults --only store`, small. */
for (const [i, outage] of OUTAGES.entries()) {
  const isBus = outage.startsWith("redis");
  const name = `no trade and no candle is lost by a ${isBus ? "bus" : "database"}'s ${outage}`;
  const test = async () => {
    const run = await storeRun({ seed: i, outage, rows: madeRows(600), pace: 60 });
    const { lost, duplicated, different, stuck, served, compared, injected, told } = run;
    assert.deepEqual([lost, duplicated, different, stuck], [0, 0, 0, false], told.join("\n"));
    assert.ok(served > 1_000 && compared > 500, "nothing was compared");
    assert.ok(injected[outage] > 0);
    const [away, back] = SAID[isBus ? "bus" : "database"];
    assert.ok(told.some((line) => away.test(line)) && told.some((line) => back.test(line)));
  };
  if (isBus) redisTest(name, test);
  else Deno.test({ name, ignore: skipped(outage) !== undefined, fn: test });
}
