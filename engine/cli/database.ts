import { StoreError } from "../ports/store_errors.ts";
import type { Store } from "../ports/store.ts";
import { startEmbedded } from "../storage/embedded/embedded.ts";
import { defaultHome } from "../storage/embedded/home.ts";
import { databaseUrl } from "../storage/postgres/connection.ts";
import { createDatabase, dropDatabase } from "../storage/postgres/databases.ts";
import { openStore } from "../storage/postgres/store.ts";

/** The database of `deno task live`, on Lockstep's own server. */
const MAIN = "lockstep";

/** An open store and what it lies in. */
export interface OpenDatabase {
  store: Store;
  /** The address of the database, for the bus. It holds the password: never print it. */
  url: string;
  /** Closes the store, drops a throw-away database, and stops our own server if nobody else uses it. */
  close(): Promise<void>;
}

/** A server to keep databases on. */
interface Server {
  /** The address of the database that is kept. */
  url: string;
  release(): Promise<void>;
}

/**
 * Opens the database that the environment names with DATABASE_URL; without it, the one on Lockstep's
 * own server, which is set up and started if need be. With `throwaway`, a database of that name on the
 * same server, which is dropped on closing.
 */
export async function openDatabase(
  { throwaway }: { throwaway?: string } = {},
): Promise<OpenDatabase> {
  const server = await findServer();
  const url = throwaway === undefined ? server.url : databaseUrl(server.url, throwaway);
  const drop = () => throwaway === undefined ? undefined : dropDatabase(server.url, throwaway);
  try {
    if (throwaway !== undefined) {
      await createDatabase(server.url, checkedName(throwaway), { throwaway: true });
    }
    const store = await openStore(url);
    return {
      store,
      url,
      close: async () => {
        await store.close();
        await drop();
        await server.release();
      },
    };
  } catch (error) {
    await server.release();
    throw error;
  }
}

async function findServer(): Promise<Server> {
  const given = Deno.env.get("DATABASE_URL");
  if (given) return { url: given, release: async () => {} };
  // deno-lint-ignore no-console
  const embedded = await startEmbedded({ home: lockstepHome(), onProgress: console.error });
  const url = embedded.url(MAIN);
  try {
    await createDatabase(embedded.url("postgres"), MAIN);
  } catch (error) {
    await embedded.release();
    throw error;
  }
  return { url, release: embedded.release };
}

/** The folder of Lockstep's own server: LOCKSTEP_HOME, or the usual place for this user. */
export function lockstepHome(): string {
  const home = Deno.env.get("LOCKSTEP_HOME") ??
    defaultHome({ uid: Deno.uid(), home: Deno.env.get("HOME") ?? "" });
  if (home.startsWith("/") && !home.startsWith("/.local")) return home.replace(/(?<=.)\/+$/, "");
  throw new StoreError(
    `Cannot tell where to keep the database: set LOCKSTEP_HOME to a folder's full path (it is "${
      Deno.env.get("LOCKSTEP_HOME") ?? ""
    }")`,
  );
}

function checkedName(name: string): string {
  if (/^[a-z][a-z0-9_]{0,62}$/.test(name)) return name;
  throw new StoreError(
    `Cannot name a database "${name}": use up to 63 small letters, digits and _, a letter first`,
  );
}
