import assert from "node:assert/strict";
import { startEmbedded, stopEmbedded } from "../../engine/storage/embedded/embedded.ts";
import { databaseUrl, openConnection } from "../../engine/storage/postgres/connection.ts";
import { createDatabase } from "../../engine/storage/postgres/databases.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { readTables } from "../laws/parity_tables.ts";
import { eventually } from "../live/eventually.ts";
import { withCluster } from "../support/cluster.ts";
import { runCommand, startLive } from "./command.ts";

const ARGS = ["--replay", "data/sample_tape.csv.gz", "--keep", "--exit"];

/** Whether there is a throw-away database, in which somebody trades. */
async function hasReplay(url: string): Promise<boolean> {
  const server = openConnection(url, 1);
  try {
    const [row] = await server.sql<{ datname: string }[]>`
      select datname from pg_database where datname like 'replay%'`;
    if (!row) return false;
    const replay = openConnection(databaseUrl(url, row.datname), 1);
    try {
      const [{ count }] = await replay.sql<{ count: string }[]>`
        select count(*) from bot_performance`.catch(() => [{ count: "0" }]);
      return Number(count) > 0;
    } finally {
      await replay.close();
    }
  } finally {
    await server.close();
  }
}

Deno.test("live ends with a clear message when its database is lost, and goes on without loss", () =>
  withCluster(async ({ options }) => {
    const server = await startEmbedded(options);
    for (const name of ["a", "b"]) await createDatabase(server.url("postgres"), name);
    const store = await openStore(server.url("a"));
    const running = startLive([...ARGS, "--speed", "6000"], server.url("a"));
    const passing = startLive([...ARGS.slice(0, 2), "--exit", "--speed", "600"], server.url("a"));
    await eventually(
      "they trade",
      async () => (await store.stats()).performance > 60 && await hasReplay(server.url("postgres")),
    );
    await store.close();
    await stopEmbedded({ ...options, force: true });
    for (const { code, err } of await Promise.all([running.ended, passing.ended])) {
      assert.equal(code, 1);
      assert.match(err, /(^|\n)Cannot store candles: the database at .* cannot be reached .*\n$/);
      assert.doesNotMatch(err, /Unexpected|Uncaught|\n +at /);
    }

    const again = await startEmbedded(options);
    for (const name of ["a", "b"]) {
      const ran = await runCommand(["live", ...ARGS], { database: again.url(name) });
      assert.equal(ran.code, 0, ran.err);
    }
    assert.deepEqual(await readTables(again.url("a")), await readTables(again.url("b")));
    await again.release();
    await server.release();
  }));
