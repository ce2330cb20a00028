import assert from "node:assert/strict";
import { startEmbedded, stopEmbedded } from "../../engine/storage/embedded/embedded.ts";
import { createDatabase } from "../../engine/storage/postgres/databases.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { readTables } from "../laws/parity_tables.ts";
import { eventually } from "../live/eventually.ts";
import { withCluster } from "../support/cluster.ts";
import { runCommand, startLive } from "./command.ts";

const ARGS = ["--replay", "data/sample_tape.csv.gz", "--keep", "--exit"];

Deno.test("live ends with a clear message when its database is lost, and goes on without loss", () =>
  withCluster(async ({ options }) => {
    const server = await startEmbedded(options);
    for (const name of ["a", "b"]) await createDatabase(server.url("postgres"), name);
    const store = await openStore(server.url("a"));
    const running = startLive([...ARGS, "--speed", "6000"], server.url("a"));
    await eventually("it trades", async () => (await store.stats()).performance > 60);
    await store.close();
    await stopEmbedded({ ...options, force: true });
    const { code, err } = await running.ended;
    assert.equal(code, 1);
    assert.match(err, /\nCannot store candles: the database at .* cannot be reached .*\n$/);
    assert.doesNotMatch(err, /Unexpected|Uncaught|\n +at /);

    const again = await startEmbedded(options);
    for (const name of ["a", "b"]) {
      const ran = await runCommand(["live", ...ARGS], { database: again.url(name) });
      assert.equal(ran.code, 0, ran.err);
    }
    assert.deepEqual(await readTables(again.url("a")), await readTables(again.url("b")));
    await again.release();
    await server.release();
  }));
