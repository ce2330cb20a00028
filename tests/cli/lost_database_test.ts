import assert from "node:assert/strict";
import { startEmbedded, stopEmbedded } from "../../engine/storage/embedded/embedded.ts";
import { databaseUrl, openConnection } from "../../engine/storage/postgres/connection.ts";
import { createDatabase } from "../../engine/storage/postgres/databases.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { readTables } from "../laws/parity_tables.ts";
import { eventually } from "../support/eventually.ts";
import { type Cluster, withCluster } from "../support/cluster.ts";
import { killServer, suspendServer } from "../support/server_process.ts";
import { runCommand, startLive } from "./command.ts";

const TAPE = ["--replay", "data/sample_tape.csv.gz"], KEPT = [...TAPE, "--keep", "--exit"];

/** Resolves when somebody trades in the database at `url`, and not before they have for a while. */
async function trading(url: string): Promise<void> {
  const store = await openStore(url);
  await eventually("they trade", async () => (await store.stats()).performance > 60);
  await store.close();
}

/** Resolves when somebody trades in a throw-away database. */
async function replaying(url: string): Promise<void> {
  const { sql, close } = openConnection(url, 1);
  const name = async () =>
    (await sql<{ datname: string }[]>`
      select datname from pg_database where datname like 'replay%'`)[0]?.datname;
  try {
    await eventually("there is a replay", async () => await name() !== undefined);
    await trading(databaseUrl(url, (await name())!));
  } finally {
    await close();
  }
}

Deno.test("live outlives its database: it waits, goes on when it is back, and nothing is lost", () =>
  withCluster(async ({ options }) => {
    const server = await startEmbedded(options), url = server.url("a");
    for (const name of ["a", "b"]) await createDatabase(server.url("postgres"), name);
    // Slow enough for both to trade yet when it is taken away, on a busy machine too.
    const running = startLive([...KEPT, "--speed", "2000"], url);
    const passing = startLive([...TAPE, "--exit", "--speed", "1500"], url);
    await Promise.all([trading(url), replaying(url)]);
    await stopEmbedded({ ...options, force: true });
    // As long as it takes to start another, they try in vain.
    const again = await startEmbedded(options);
    assert.equal(again.url("a"), url);
    for (const { code, err } of await Promise.all([running.ended, passing.ended])) {
      assert.equal(code, 0, err);
      assert.match(
        err,
        /(^|\n)The database is away, and what is made waits: Cannot store candles: the database at /,
      );
      assert.match(err, /\nThe database is back\n/);
      assert.doesNotMatch(err, /Unexpected|Uncaught|\n +at |crashed/);
    }
    const alone = await runCommand(["live", ...KEPT], { database: again.url("b") });
    assert.equal(alone.code, 0, alone.err);
    assert.deepEqual(await readTables(url), await readTables(again.url("b")));
    assert.equal((await passing.ended).out, alone.out);
    await again.release();
    await server.release();
  }));

/** Takes a database away; returns what brings it back, and then what lets go of it. */
type Leave = (cluster: Cluster, url: string) => Promise<() => Promise<() => Promise<void>>>;

const AWAY: Record<string, Leave> = {
  "was killed": async ({ options, places }, url) => {
    await killServer(places, url);
    return async () => (await startEmbedded(options)).release;
  },
  "hangs": async ({ places }, url) => {
    const goOn = await suspendServer(places, url);
    return async () => {
      await goOn();
      return async () => {};
    };
  },
};

for (const [what, leave] of Object.entries(AWAY)) {
  Deno.test(`live ends when it is told to while its database ${what}, and goes on without loss`, () =>
    withCluster(async (cluster) => {
      const server = await startEmbedded(cluster.options), url = server.url("a");
      for (const name of ["a", "b"]) await createDatabase(server.url("postgres"), name);
      const running = startLive([...KEPT, "--speed", "3000"], url);
      await trading(url);
      const comeBack = await leave(cluster, server.url("postgres"));
      await running.signal("SIGTERM");
      const { code, err } = await running.ended;
      const release = await comeBack();
      assert.equal(code, 1);
      // Who waited for the database would tell of what failed.
      assert.match(
        err,
        /\nStopped while the database is away: .*What it lacks is fetched at the next start\n$/,
      );
      assert.doesNotMatch(err, /Unexpected|Uncaught|\n +at /);
      for (const database of [url, server.url("b")]) {
        const ran = await runCommand(["live", ...KEPT], { database });
        assert.equal(ran.code, 0, ran.err);
      }
      assert.deepEqual(await readTables(url), await readTables(server.url("b")));
      await release();
      await server.release();
    }));
}
