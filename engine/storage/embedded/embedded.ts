import { StoreError } from "../../ports/store_errors.ts";
import { type Database, openConnection } from "../postgres/connection.ts";
import { installBinaries } from "./binaries.ts";
import { makeCluster } from "./cluster.ts";
import { withFileLock } from "./file_lock.ts";
import { type Home, homeAt } from "./home.ts";
import { makeHome } from "./make_home.ts";
import { runningPort, serverUrl, startServer, stopServer } from "./server.ts";
import { serverAccount } from "./server_account.ts";

export interface EmbeddedOptions {
  /** The folder that holds everything; see `defaultHome`. */
  home: string;
  /** A server with data of its own, beside the usual one: for tests. */
  cluster?: string;
  /** Told what goes on when the server is set up for the first time, which takes seconds. */
  onProgress?: (message: string) => void;
}

/** A running server, shared with whoever else uses the same home folder. */
export interface EmbeddedServer {
  /** The address of a database on it. It holds the password: never print it. */
  url(database: string): string;
  /** Ends our use; stops the server if nobody else is connected. */
  release(): Promise<void>;
}

/**
 * A real PostgreSQL server of our own: set up if need be, found if it runs, else started. Whoever
 * holds it keeps a connection open, which is how others know not to stop it; a process that is killed
 * leaves the server running, and the next one finds it.
 */
export async function startEmbedded(
  { home: folder, cluster, onProgress = () => {} }: EmbeddedOptions,
): Promise<EmbeddedServer> {
  const home = homeAt(folder, cluster), account = serverAccount(Deno.uid());
  await makeHome(home.folder);
  return await withFileLock(home.lock, async () => {
    await setUp(home, onProgress);
    const port = await runningPort(home) ?? await startServer(home, account);
    const url = await serverUrl(home, port, "postgres");
    const presence = openConnection(url, 1);
    // Of all queries, the driver repeats only this one by itself when a lost server is back.
    await presence.attempt("enter the database", {}, (sql) => sql.listen("lockstep", () => {}));
    return {
      url: (database) => url.replace(/postgres$/, database),
      release: () => release(home, presence),
    };
  });
}

async function setUp(home: Home, onProgress: (message: string) => void): Promise<void> {
  const account = serverAccount(Deno.uid());
  const there = (path: string) => Deno.stat(path).then(() => true, () => false);
  if (await there(home.binaries) && await there(home.data)) return;
  onProgress(`Setting up a database in ${home.folder} (once, a few seconds)`);
  await installBinaries(home);
  await makeCluster(home, account);
}

async function release(home: Home, presence: Database): Promise<void> {
  await withFileLock(home.lock, async () => {
    await presence.close();
    if (await runningPort(home) === undefined) return;
    if ((await clients(home)).length === 0) await stopServer(home, serverAccount(Deno.uid()));
  });
}

/**
 * Stops the server. With others connected it throws a `StoreError`, unless `force` is set. Returns
 * whether it was running.
 */
export async function stopEmbedded(
  { home: folder, cluster, force = false }: { home: string; cluster?: string; force?: boolean },
): Promise<boolean> {
  const home = homeAt(folder, cluster);
  const there = await Deno.stat(home.data).then(() => true, () => false);
  if (!there) return false;
  return await withFileLock(home.lock, async () => {
    if (await runningPort(home) === undefined) return false;
    const others = force ? [] : await clients(home);
    if (others.length > 0) throw inUse(others);
    await stopServer(home, serverAccount(Deno.uid()));
    return true;
  });
}

function inUse(clients: readonly string[]): StoreError {
  const count = clients.length === 1 ? "1 connection is" : `${clients.length} connections are`;
  return new StoreError(
    `Cannot stop the database: ${count} open (${[...new Set(clients)].join(", ")}). ` +
      `End what uses it first, or stop it with --force`,
  );
}

/**
 * Who is connected, by the names that programs give themselves. Closed connections take the server a
 * moment to notice, so an answer other than "nobody" is asked for again.
 */
async function clients(home: Home): Promise<string[]> {
  const port = await runningPort(home);
  if (port === undefined) return [];
  const database = openConnection(await serverUrl(home, port, "postgres"), 1);
  try {
    let names: string[] = [];
    for (let attempt = 0; attempt < 10; attempt++) {
      names = (await database.attempt("see who is connected", {}, (sql) =>
        sql<{ name: string }[]>`
          select application_name as name from pg_stat_activity
          where backend_type = 'client backend' and pid <> pg_backend_pid()`))
        .map((row) => row.name || "unnamed");
      if (names.length === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    return names;
  } finally {
    await database.close();
  }
}
