import type { Store } from "../ports/store.ts";
import { databaseUrl } from "./postgres/connection.ts";
import { createDatabase } from "./postgres/databases.ts";
import { openStore } from "./postgres/store.ts";
import { findServer, hasServer } from "./server.ts";

/**
 * Runs `use` with the store that is there: in the database of DATABASE_URL, or on Lockstep's own server
 * if that was set up before; with `undefined` if there is none, which it then does not make.
 */
export async function withStoreThere<T>(use: (store: Store | undefined) => Promise<T>): Promise<T> {
  if (!await hasServer()) return await use(undefined);
  const server = await findServer();
  try {
    const store = await openStore(await mainDatabase(server));
    try {
      return await use(store);
    } finally {
      await store.close();
    }
  } finally {
    await server.release();
  }
}

async function mainDatabase({ url, main }: { url: string; main?: string }): Promise<string> {
  if (main === undefined) return url;
  await createDatabase(url, main, { throwaway: false });
  return databaseUrl(url, main);
}
