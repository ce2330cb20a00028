import { openConnection } from "../../engine/storage/postgres/connection.ts";
import type { Home } from "../../engine/storage/embedded/home.ts";
import { eventually } from "./eventually.ts";

/**
 * Signals to a database server's own processes. The server's account sends them, by way of the
 * server: tests need no permission to run `kill`, and may be anybody.
 */
async function runOnServer(url: string, command: string): Promise<void> {
  const { sql, close } = openConnection(url, 1);
  try {
    await sql.unsafe(`copy (select 1) to program '${command.replaceAll("'", "''")}'`);
  } catch {
    // The server was killed before it could answer.
  } finally {
    await close();
  }
}

async function postmaster(places: Home): Promise<string> {
  return (await Deno.readTextFile(`${places.data}/postmaster.pid`)).split("\n")[0];
}

/** Kills the server (-9), as a lack of memory does, and waits until nobody is let in any more. */
export async function killServer(places: Home, url: string): Promise<void> {
  await runOnServer(url, `kill -9 ${await postmaster(places)}`);
  await eventually("the server is gone", async () => {
    const { sql, close } = openConnection(url, 1, 5_000);
    try {
      await sql`select 1`;
      return false;
    } catch (error) {
      return (error as { code?: string }).code === "ECONNREFUSED";
    } finally {
      await close();
    }
  });
}

/**
 * Stops the server's processes (SIGSTOP), all of them: connections stay, and nobody answers. Returns
 * what lets them go on. After a minute they do so by themselves.
 */
export async function suspendServer(places: Home, url: string): Promise<() => Promise<void>> {
  const flag = `${places.data}.go_on`, database = openConnection(url, 1);
  const pids = [await postmaster(places)];
  try {
    const others = await database.sql<{ pid: number }[]>`select pid from pg_stat_activity`;
    pids.push(...others.map(({ pid }) => String(pid)));
  } finally {
    await database.close();
  }
  // By now the connection that asked is gone; that which runs this must be let go first.
  const alive = `for p in ${pids.join(" ")}; do kill -STOP $p 2>/dev/null; done`;
  const wait = `i=0; while [ ! -e ${flag} ] && [ $i -lt 1200 ]; do i=$((i+1)); sleep 0.05; done`;
  const resume = `for p in ${pids.join(" ")}; do kill -CONT $p 2>/dev/null; done`;
  await runOnServer(url, `(sleep 0.1; ${alive}; ${wait}; ${resume}) </dev/null >/dev/null 2>&1 &`);
  await untilSilent(url);
  return async () => {
    await Deno.writeTextFile(flag, "");
    await eventually("the server answers again", async () => {
      const { sql, close } = openConnection(url, 1, 1_000);
      try {
        await sql`select 1`;
        return true;
      } catch {
        return false;
      } finally {
        await close();
      }
    });
    await Deno.remove(flag);
  };
}

async function untilSilent(url: string): Promise<void> {
  await eventually("the server is silent", async () => {
    const database = openConnection(url, 1, 300);
    try {
      await database.attempt("see whether it answers", {}, (sql) => sql`select 1`);
      return false;
    } catch {
      return true;
    } finally {
      await database.close();
    }
  });
}
