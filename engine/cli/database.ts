import { StoreError } from "../ports/store_errors.ts";
import type { Store } from "../ports/store.ts";
import { databaseUrl } from "../storage/postgres/connection.ts";
import { createDatabase, dropDatabase } from "../storage/postgres/databases.ts";
import { openStore } from "../storage/postgres/store.ts";
import { findServer, type Server } from "../storage/server.ts";
import { note } from "./output.ts";

/** An open store and what it lies in. */
export interface OpenDatabase {
  store: Store;
  /** The address of the database, for the bus. It holds the password: never print it. */
  url: string;
  /** Closes the store, drops a throw-away database, and stops our own server if nobody else uses it. */
  close(): Promise<void>;
}

/**
 * Opens the database that the environment names with DATABASE_URL; without it, the one on Lockstep's
 * own server, which is set up and started if need be. With `throwaway`, a database of that name on the
 * same server, which is dropped on closing.
 */
export async function openDatabase(
  { throwaway }: { throwaway?: string } = {},
): Promise<OpenDatabase> {
  const name = throwaway === undefined ? undefined : checkedName(throwaway);
  const server = await findServer(note);
  const letGo = async () => {
    try {
      if (name !== undefined) await dropDatabase(server.url, name);
    } finally {
      await server.release();
    }
  };
  try {
    const url = await databaseOn(server, name), store = await openStore(url);
    const close = async () => {
      await store.close();
      await letGo();
    };
    return { store, url, close };
  } catch (error) {
    // What went wrong first is what is told.
    await letGo().catch(() => {});
    throw error;
  }
}

/** The address of the database to use, which is made if need be. */
async function databaseOn(server: Server, throwaway: string | undefined): Promise<string> {
  const name = throwaway ?? server.main;
  if (name === undefined) return server.url;
  await createDatabase(server.url, name, { throwaway: throwaway !== undefined });
  return databaseUrl(server.url, name);
}

function checkedName(name: string): string {
  if (/^[a-z][a-z0-9_]{0,62}$/.test(name)) return name;
  throw new StoreError(
    `Cannot name a database "${name}": use up to 63 small letters, digits and _, a letter first`,
  );
}
