import assert from "node:assert/strict";
import { startEmbedded, stopEmbedded } from "../../engine/storage/embedded/embedded.ts";
import { databaseUrl } from "../../engine/storage/postgres/connection.ts";
import { createDatabase, dropDatabase } from "../../engine/storage/postgres/databases.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { withCluster } from "../support/cluster.ts";
import { withDatabase } from "../support/database.ts";
import { bareBot } from "./bare_bot.ts";

/** Opening `url` must fail with `message`, and never show the password. */
async function refused(url: string, message: RegExp, name = "StoreError"): Promise<void> {
  await assert.rejects(openStore(url), (error: Error) => {
    assert.equal(error.name, name);
    assert.match(error.message, message);
    assert.doesNotMatch(error.message, /secret/);
    return true;
  });
}

Deno.test("a database that is not there is named by host and port", async () => {
  await refused(
    "postgres://ann:secret@127.0.0.1:1/lockstep",
    /Cannot open the database: the database at 127\.0\.0\.1:1 cannot be reached \(nothing listens there\)/,
    "UnreachableError",
  );
});

Deno.test("an address that is none is refused without showing it", async () => {
  for (const url of ["ann:secret@here", "http://ann:secret@here/", ""]) {
    await refused(url, /must look like postgres:\/\/user:password@host:5432\/database/);
  }
});

Deno.test("a user, password or database that the server does not know is said to be so", () =>
  withDatabase(async (url) => {
    const other = new URL(url);
    other.password = "secret";
    other.username = "ann";
    await refused(other.href, /does not let user "ann" in/);
    await refused(databaseUrl(url, "nowhere"), /there is no database "nowhere" at /);
  }));

Deno.test("a database that is made by several at once is made once", () =>
  withDatabase(async (url) => {
    const name = `${new URL(url).pathname.slice(1)}_b`;
    await Promise.all([1, 2, 3].map(() => createDatabase(url, name)));
    const store = await openStore(databaseUrl(url, name));
    await store.bots.create(bareBot("a"));
    await createDatabase(url, name);
    assert.equal((await store.bots.list()).length, 1, "what is there stays");
    await store.close();
    await dropDatabase(url, name);
    await refused(databaseUrl(url, name), /there is no database/);
    await dropDatabase(url, name);
  }));

Deno.test("a store works again when its server is back", () =>
  withCluster(async ({ options }) => {
    const server = await startEmbedded(options), store = await openStore(server.url("postgres"));
    await store.bots.create(bareBot("a"));
    await stopEmbedded({ ...options, force: true });
    const { healthy, detail } = await store.healthCheck();
    assert.equal(healthy, false);
    assert.match(detail, /cannot be reached/);
    await assert.rejects(store.bots.list(), {
      name: "UnreachableError",
      message: /cannot be reached/,
    });
    const again = await startEmbedded(options);
    assert.deepEqual((await store.bots.list()).map((bot) => bot.id), ["a"]);
    await store.close();
    await server.release();
    await again.release();
  }));
