import assert from "node:assert/strict";
import { startEmbedded, stopEmbedded } from "../../engine/storage/embedded/embedded.ts";
import { defaultHome } from "../../engine/storage/embedded/home.ts";
import { openConnection } from "../../engine/storage/postgres/connection.ts";
import { type Cluster, withCluster } from "../support/cluster.ts";
import { startHolder } from "./holder.ts";

/** When the server at `url` was started, or nothing if there is none: tells servers apart. */
async function startOf(url: string): Promise<string | undefined> {
  const { sql, close } = openConnection(url, 1);
  try {
    const [row] = await sql<{ at: string }[]>`select pg_postmaster_start_time()::text as at`;
    return row.at;
  } catch (error) {
    assert.equal((error as { code?: string }).code, "ECONNREFUSED");
    return undefined;
  } finally {
    await close();
  }
}

async function run(url: string, statement: string): Promise<unknown[]> {
  const database = openConnection(url, 1);
  try {
    return [...await database.sql.unsafe(statement)];
  } finally {
    await database.close();
  }
}

Deno.test("root's database is not in root's home folder, which the server could not enter", () => {
  assert.equal(defaultHome({ uid: 0, home: "/root" }), "/var/lib/lockstep");
  assert.equal(defaultHome({ uid: 501, home: "/home/ann" }), "/home/ann/.local/share/lockstep");
});

Deno.test("processes that set up and start the server at once share one, and the last stops it", () =>
  withCluster(async (cluster) => {
    const holders = await Promise.all([1, 2, 3].map(() => startHolder(cluster)));
    const [first, second, third] = holders;
    const start = await startOf(first.url);
    assert.ok(start);
    for (const { url } of holders) assert.equal(url, first.url);
    await first.end();
    await second.end();
    assert.equal(await startOf(third.url), start, "it is in use");
    await third.end();
    assert.equal(await startOf(third.url), undefined, "nobody uses it");
  }));

Deno.test("a server whose user was killed is found by the next, and stopped by its clean end", () =>
  withCluster(async (cluster) => {
    const killed = await startHolder(cluster, { mortal: true }), start = await startOf(killed.url);
    await killed.kill();
    assert.equal(await startOf(killed.url), start);
    const next = await startHolder(cluster);
    assert.equal(await startOf(next.url), start);
    await next.end();
    assert.equal(await startOf(next.url), undefined);
  }));

Deno.test("two uses in one process count as two", () =>
  withCluster(async ({ options }) => {
    const first = await startEmbedded(options), second = await startEmbedded(options);
    const start = await startOf(first.url("postgres"));
    await first.release();
    assert.equal(await startOf(second.url("postgres")), start);
    await second.release();
    assert.equal(await startOf(second.url("postgres")), undefined);
  }));

Deno.test("only the first start sets up, and says so", () =>
  withCluster(async ({ options }) => {
    const said: string[] = [], onProgress = (message: string) => said.push(message);
    for (const _ of [1, 2]) await (await startEmbedded({ ...options, onProgress })).release();
    assert.equal(said.length, 1);
    assert.match(said[0], /Setting up a database in \//);
  }));

Deno.test("what has secrets is readable by its owner only, and the password is needed", () =>
  withCluster(async ({ options, places }) => {
    const server = await startEmbedded(options), url = server.url("postgres");
    for (const path of [places.password, places.port, places.data]) {
      assert.equal((await Deno.stat(path)).mode! & 0o077, 0, path);
    }
    const wrong = new URL(url);
    wrong.password = "guess";
    await assert.rejects(run(wrong.href, "select 1"), { code: "28P01" });
    await server.release();
  }));

/** Kills the server itself, as a lack of memory does, and waits until it has gone. */
async function killServer({ places }: Cluster, url: string): Promise<string[]> {
  const note = (await Deno.readTextFile(`${places.data}/postmaster.pid`)).split("\n");
  // The server's own account may send the signal, whoever we are.
  await run(url, `copy (select 1) to program 'kill -9 ${note[0]}'`).catch(() => {});
  while (await startOf(url).catch(() => "closing")) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return note;
}

Deno.test("after a power cut the server starts again on the same port, with what was stored", () =>
  withCluster(async (cluster) => {
    const { options, places } = cluster;
    const server = await startEmbedded(options), url = server.url("postgres");
    const other = await startEmbedded({ home: options.home });
    await run(url, "create table kept as select 42 as answer");
    const note = await killServer(cluster, url);
    // The number in the note now belongs to another process, of the same account.
    const otherNote = await Deno.readTextFile(`${options.home}/db/postmaster.pid`);
    note[0] = otherNote.split("\n")[0];
    await Deno.writeTextFile(`${places.data}/postmaster.pid`, note.join("\n"));
    const again = await startEmbedded(options);
    assert.equal(again.url("postgres"), url);
    assert.deepEqual(await run(url, "select answer from kept"), [{ answer: 42 }]);
    for (const held of [server, again, other]) await held.release();
  }));

Deno.test("a port that somebody else took meanwhile is replaced", () =>
  withCluster(async ({ options }) => {
    const server = await startEmbedded(options), port = Number(new URL(server.url("x")).port);
    await server.release();
    using _taken = Deno.listen({ hostname: "127.0.0.1", port });
    const again = await startEmbedded(options);
    assert.notEqual(new URL(again.url("x")).port, String(port));
    assert.ok(await startOf(again.url("postgres")));
    await again.release();
  }));

Deno.test("stop leaves a server alone that is in use, unless forced", () =>
  withCluster(async ({ options }) => {
    assert.equal(await stopEmbedded(options), false, "nothing is there");
    const server = await startEmbedded(options);
    await assert.rejects(stopEmbedded(options), { name: "StoreError", message: /1 connection/ });
    assert.equal(await stopEmbedded({ ...options, force: true }), true);
    assert.equal(await startOf(server.url("postgres")), undefined);
    await server.release();
    assert.equal(await stopEmbedded(options), false);
  }));
