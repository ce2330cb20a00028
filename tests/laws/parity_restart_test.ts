import assert from "node:assert/strict";
import type { Store } from "../../engine/ports/store.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { runCommand, startLive } from "../cli/command.ts";
import { withDatabase } from "../support/database.ts";
import { sharedTest } from "../support/shared.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { parityConfigs } from "./parity_configs.ts";
import { assertParity } from "./parity_law.ts";
import { readTables, type Tables } from "./parity_tables.ts";
import { instrumentsOf, readPlainTape, TAPE } from "./parity_tape.ts";
import { assertSameRows } from "./same_rows.ts";

/** Candles that the whole tape gives. */
const CANDLES = 3_881;

/** The `live` command's arguments for all eighteen bots, whose configs are put into `folder`. */
async function liveArguments(folder: string): Promise<string[]> {
  const configs = await parityConfigs(instrumentsOf(readPlainTape().rows));
  const paths = configs.map((config) => {
    const path = `${folder}/${config.name}.json`;
    Deno.writeTextFileSync(path, JSON.stringify(config));
    return path;
  });
  return [...paths, "--replay", TAPE, "--keep", "--exit"];
}

async function storeHas(store: Store, candles: number): Promise<void> {
  while ((await store.stats()).candles < candles) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function assertSameTables(found: Tables, expected: Tables): void {
  assert.deepEqual(Object.keys(found), Object.keys(expected));
  for (const table in expected) assertSameRows(found[table], expected[table], table);
}

/** The exit code and last word of a process that each signal ends. */
const ENDINGS = {
  SIGTERM: { code: 0, err: /Stopping: the transactions under way are finished first/ },
  SIGKILL: { code: 137, err: /^$/ },
} as const;

sharedTest(
  "laws 3 and 4: a live process that was stopped halfway leaves what others leave",
  (t) =>
    inTempFolder(async (folder) => {
      const { rows } = readPlainTape(), args = await liveArguments(folder);
      const undisturbed = await withDatabase(async (url) => {
        const ran = await runCommand(["live", ...args], { database: url });
        assert.equal(ran.code, 0, ran.err);
        return await readTables(url);
      });
      assert.equal(undisturbed.market_data.length, CANDLES);
      for (const name of ["SIGTERM", "SIGKILL"] as const) {
        await t.step(name, () =>
          withDatabase(async (url) => {
            const store = await openStore(url);
            try {
              const first = startLive([...args, "--speed", "300"], url);
              await storeHas(store, CANDLES / 2);
              await first.signal(name);
              const { code, err } = await first.ended;
              assert.equal(code, ENDINGS[name].code, err);
              assert.match(err, ENDINGS[name].err);
              const { candles } = await store.stats();
              assert.ok(candles >= CANDLES / 2 && candles < CANDLES, `${candles} candles`);
              const second = await runCommand(["live", ...args], { database: url });
              assert.equal(second.code, 0, second.err);
              assertSameTables(await readTables(url), undisturbed);
              await assertParity(store, rows);
            } finally {
              await store.close();
            }
          }));
      }
    }),
);
