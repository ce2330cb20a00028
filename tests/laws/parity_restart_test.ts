import assert from "node:assert/strict";
import type { Store } from "../../engine/ports/store.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { runCommand, startLive } from "../cli/command.ts";
import { withDatabase } from "../support/database.ts";
import { sharedTest } from "../support/shared.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { BASE, mainConfigs, togetherConfigs } from "./parity_configs.ts";
import { assertParity } from "./parity_law.ts";
import { readTables, type Tables } from "./parity_tables.ts";
import {
  instrumentsOf,
  type PlainRow,
  readPlainTape,
  SAMPLE,
  TAPE,
  writeTape,
} from "./parity_tape.ts";
import { assertSameRows } from "./same_rows.ts";

/** A tape and its rows. */
interface Replayed {
  tape: string;
  rows: readonly PlainRow[];
}

/** The `live` command's arguments for a bot of each main strategy on each instrument of a tape. */
async function liveArguments({ tape, rows }: Replayed, folder: string): Promise<string[]> {
  const instruments = instrumentsOf(rows);
  const configs = [
    ...await mainConfigs(instruments),
    ...await togetherConfigs(instruments),
    ...await mainConfigs(instruments.slice(0, 1), BASE),
  ];
  const paths = configs.map((config) => {
    const path = `${folder}/${config.name}.json`;
    Deno.writeTextFileSync(path, JSON.stringify(config));
    return path;
  });
  return [...paths, "--replay", tape, "--keep", "--exit"];
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
  // A slow machine says how far it is before that.
  SIGKILL: {
    code: 137,
    err: /^(The tape is at \S+\n)*$/,
  },
} as const;

/** Stops a live process halfway, by each signal, and compares its tables with an undisturbed run's. */
async function assertRecovers(t: Deno.TestContext, replayed: Replayed, folder: string) {
  const args = await liveArguments(replayed, folder);
  const undisturbed = await withDatabase(async (url) => {
    const ran = await runCommand(["live", ...args], { database: url });
    assert.equal(ran.code, 0, ran.err);
    return await readTables(url);
  });
  const all = undisturbed.market_data.length;
  assert.ok(all > 600, `${all} candles`);
  for (const name of ["SIGTERM", "SIGKILL"] as const) {
    await t.step(name, () =>
      withDatabase(async (url) => {
        const store = await openStore(url);
        try {
          const first = startLive([...args, "--speed", "300"], url);
          await storeHas(store, all / 2);
          await first.signal(name);
          const { code, err } = await first.ended;
          assert.equal(code, ENDINGS[name].code, err);
          assert.match(err, ENDINGS[name].err);
          const { candles } = await store.stats();
          assert.ok(candles >= all / 2 && candles < all, `${candles} candles`);
          const second = await runCommand(["live", ...args], { database: url });
          assert.equal(second.code, 0, second.err);
          assertSameTables(await readTables(url), undisturbed);
          await assertParity(store, replayed.rows);
        } finally {
          await store.close();
        }
      }));
  }
}

const WHAT = "laws 3 and 4: a live process that was stopped halfway leaves what others leave";

sharedTest(
  `${WHAT}: six instruments of a real tape`,
  (t) =>
    inTempFolder((folder) => assertRecovers(t, { tape: TAPE, rows: readPlainTape().rows }, folder)),
);

Deno.test(`${WHAT}: twenty minutes of the sample`, (t) =>
  inTempFolder((folder) => {
    const { header, rows } = readPlainTape(SAMPLE), tape = `${folder}/tape.csv`;
    const first = rows.filter(({ timestamp }) => timestamp < rows[0].timestamp + 1_200_000);
    writeTape(tape, header, first);
    return assertRecovers(t, { tape, rows: first }, folder);
  }));
