import { StoreError } from "../../ports/store_errors.ts";
import { type Database, openConnection } from "../postgres/connection.ts";
import { DATABASE_USER } from "./cluster.ts";
import type { Home } from "./home.ts";
import type { ServerAccount } from "./server_account.ts";
import { runServerProgram } from "./server_program.ts";

/** How long a server that is starting, recovering or stopping is waited for, in milliseconds. */
const PATIENCE = 60_000;

/** The line of postmaster.pid that has the port. */
const PORT_LINE = 3;

/** No process has this number, on any system. */
const NO_PROCESS = 99_999_999;

/** The address of a database on the server at `port`. It holds the password: never print it. */
export async function serverUrl(home: Home, port: number, database: string): Promise<string> {
  const password = (await Deno.readTextFile(home.password)).trim();
  return `postgres://${DATABASE_USER}:${password}@127.0.0.1:${port}/${database}`;
}

/** The port of the server that runs on the home folder's data, if one does. */
export async function runningPort(home: Home): Promise<number | undefined> {
  const lines = await pidFile(home);
  const port = Number(lines?.[PORT_LINE]);
  if (!Number.isInteger(port) || port <= 0) return undefined;
  return await isOurs(home, port) ? port : undefined;
}

/** The server's own note of itself; a killed server leaves it behind. */
async function pidFile(home: Home): Promise<string[] | undefined> {
  try {
    return (await Deno.readTextFile(`${home.data}/postmaster.pid`)).split("\n");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Whether our server answers at `port`. A server listens from its first moments to its last, so where
 * nothing listens, or something else does, there is none.
 */
async function isOurs(home: Home, port: number): Promise<boolean> {
  const database = openConnection(await serverUrl(home, port, "postgres"), 1);
  try {
    for (const end = Date.now() + PATIENCE;;) {
      const answer = await ask(database, home);
      if (answer !== "wait") return answer === "ours";
      if (Date.now() > end) {
        throw new StoreError(
          `The database server at 127.0.0.1:${port} has been starting or stopping for ` +
            `${PATIENCE / 1000} s: see ${home.log}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } finally {
    await database.close();
  }
}

async function ask({ sql }: Database, home: Home): Promise<"ours" | "wait" | "none"> {
  try {
    const [{ folder }] = await sql<[{ folder: string }]>`
      select current_setting('data_directory') as folder`;
    return await Deno.realPath(folder) === await Deno.realPath(home.data) ? "ours" : "none";
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "CONNECT_TIMEOUT") {
      throw new StoreError(
        `The database server of ${home.folder} does not answer: end it, or see ${home.log}`,
        { folder: home.folder },
        { cause: error },
      );
    }
    return code === "57P03" ? "wait" : "none";
  }
}

/** Starts the server, which must not be running. Returns its port. */
export async function startServer(
  home: Home,
  account: ServerAccount | undefined,
): Promise<number> {
  await disownPidFile(home);
  for (let attempt = 1;; attempt++) {
    const port = freePort(await lastPort(home));
    await Deno.rename(home.log, `${home.log}.1`).catch(() => {});
    try {
      await control(home, account, "start", `--log=${home.log}`, `--options=-p ${port}`);
      await Deno.writeTextFile(home.port, `${port}\n`, { mode: 0o600 });
      return port;
    } catch (error) {
      // Somebody may have taken the port since, or a killed server's last processes still linger.
      if (attempt === 3) throw await startError(home, error);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/** Stops the server; whoever is connected loses the connection. */
export async function stopServer(home: Home, account: ServerAccount | undefined): Promise<void> {
  await control(home, account, "stop", "--mode=fast");
}

/** `pg_ctl` puts the server into a session of its own, which Ctrl-C in our terminal does not reach. */
async function control(
  home: Home,
  account: ServerAccount | undefined,
  ...args: string[]
): Promise<void> {
  const common = ["--wait", "--timeout=300", `--pgdata=${home.data}`];
  await runServerProgram(`${home.binaries}/bin/pg_ctl`, [...args, ...common], account);
}

/**
 * After a power cut the process number in the note may be anybody's, and the server would refuse to
 * start. Nobody is told of a number that no process has; the server's other check, whether processes
 * of the old one are still there, stays.
 */
async function disownPidFile(home: Home): Promise<void> {
  const lines = await pidFile(home);
  if (!lines) return;
  await Deno.writeTextFile(
    `${home.data}/postmaster.pid`,
    [NO_PROCESS, ...lines.slice(1)].join("\n"),
  );
}

async function lastPort(home: Home): Promise<number> {
  const port = Number(await Deno.readTextFile(home.port).catch(() => "0"));
  return Number.isInteger(port) ? port : 0;
}

/** `wanted` if it is free, else one that is. */
function freePort(wanted: number): number {
  try {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: wanted });
    return (listener.addr as Deno.NetAddr).port;
  } catch (error) {
    if (wanted !== 0 && error instanceof Deno.errors.AddrInUse) return freePort(0);
    throw error;
  }
}

async function startError(home: Home, cause: unknown): Promise<StoreError> {
  const log = (await Deno.readTextFile(home.log).catch(() => "")).trim();
  const last = log.split("\n").slice(-3).join(" ");
  return new StoreError(
    `Cannot start the database in ${home.folder}: ${last || (cause as Error).message}`,
    { folder: home.folder },
    { cause },
  );
}
