import { StoreError } from "../ports/store_errors.ts";
import { startEmbedded } from "./embedded/embedded.ts";
import { defaultHome, homeAt } from "./embedded/home.ts";

/** A server to keep databases on. */
export interface Server {
  /** The address of a database there that can be entered. It holds the password: never print it. */
  url: string;
  /** The database to use on it; `undefined` is the one that `url` names. */
  main?: string;
  release(): Promise<void>;
}

/** The database of `deno task live`, on Lockstep's own server. */
const MAIN = "lockstep";

/**
 * The server of the database that the environment names with DATABASE_URL; without it, Lockstep's own,
 * which is set up and started if need be. `onProgress` is told when that takes a while.
 */
export async function findServer(onProgress?: (message: string) => void): Promise<Server> {
  const given = Deno.env.get("DATABASE_URL");
  if (given) return { url: given, release: async () => {} };
  const server = await startEmbedded({ home: lockstepHome(), ...(onProgress && { onProgress }) });
  return { url: server.url("postgres"), main: MAIN, release: server.release };
}

/** Whether there is a database to find: one that the environment names, or our own, set up before. */
export async function hasServer(): Promise<boolean> {
  if (Deno.env.get("DATABASE_URL")) return true;
  return await Deno.stat(homeAt(lockstepHome()).data).then(() => true, () => false);
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
