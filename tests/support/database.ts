import { lockstepHome } from "../../engine/storage/server.ts";
import type { Store } from "../../engine/ports/store.ts";
import { startEmbedded } from "../../engine/storage/embedded/embedded.ts";
import { databaseUrl } from "../../engine/storage/postgres/connection.ts";
import { createDatabase, dropDatabase } from "../../engine/storage/postgres/databases.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";

/**
 * Databases for tests. A file that imports this has a server while its tests run: that of
 * DATABASE_URL, or Lockstep's own, which stops when the last one that uses it is through.
 */
let server: { url: string; release(): Promise<void> } | undefined;

Deno.test.beforeAll(async () => {
  const given = Deno.env.get("DATABASE_URL");
  if (given) {
    server = { url: given, release: async () => {} };
  } else {
    const embedded = await startEmbedded({ home: lockstepHome() });
    server = { url: embedded.url("postgres"), release: embedded.release };
  }
});

Deno.test.afterAll(async () => {
  await server?.release();
});

/** Runs `test` with the address of a fresh, empty database, and drops it afterwards. */
export async function withDatabase<T>(test: (url: string) => Promise<T>): Promise<T> {
  if (!server) throw new Error("withDatabase is for use inside a test");
  const name = `lockstep_test_${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
  await createDatabase(server.url, name, { throwaway: true });
  try {
    return await test(databaseUrl(server.url, name));
  } finally {
    await dropDatabase(server.url, name);
  }
}

/** Runs `test` with a store in a fresh database, which is dropped afterwards. About 0.1 s. */
export async function withStore<T>(
  test: (store: Store, database: { url: string }) => Promise<T>,
): Promise<T> {
  return await withDatabase(async (url) => {
    const store = await openStore(url);
    try {
      return await test(store, { url });
    } finally {
      await store.close();
    }
  });
}
