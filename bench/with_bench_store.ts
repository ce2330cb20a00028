import type { Store } from "../engine/ports/store.ts";
import { startEmbedded } from "../engine/storage/embedded/embedded.ts";
import { databaseUrl } from "../engine/storage/postgres/connection.ts";
import { createDatabase, dropDatabase } from "../engine/storage/postgres/databases.ts";
import { openStore } from "../engine/storage/postgres/store.ts";
import { lockstepHome } from "../engine/storage/server.ts";

/** Runs `use` with the address of an empty database on Lockstep's own server. */
export async function withBenchDatabase(use: (url: string) => Promise<void>): Promise<void> {
  const server = await startEmbedded({ home: lockstepHome() }), url = server.url("postgres");
  const name = `lockstep_bench_${crypto.randomUUID().slice(0, 8)}`;
  try {
    await createDatabase(url, name, { throwaway: true });
    try {
      await use(databaseUrl(url, name));
    } finally {
      await dropDatabase(url, name);
    }
  } finally {
    await server.release();
  }
}

/** Runs `use` with a store in an empty database. */
export async function withBenchStore(use: (store: Store) => Promise<void>): Promise<void> {
  await withBenchDatabase(async (url) => {
    const store = await openStore(url);
    try {
      await use(store);
    } finally {
      await store.close();
    }
  });
}
