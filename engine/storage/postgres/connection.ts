import type postgres from "postgres";
import { StoreError } from "../../ports/store_errors.ts";
import { type Driver, openDriver, refusesSettings } from "./driver.ts";
import { driverError } from "./driver_error.ts";
import { Patience } from "./patience.ts";

/** How long to wait for an answer unless told otherwise, in milliseconds. */
const PATIENCE = 15_000;

/** An open database. Its queries are sent through `attempt`, which gives errors their context. */
export interface Database {
  /** The driver as it is now: `attempt` may replace it. */
  readonly sql: postgres.Sql;
  /**
   * Runs `query`. What the driver throws becomes a `StoreError`: "Cannot `action`: why", with
   * `context`; an `UnreachableError` if it may go well another time, for example when there was no
   * answer in time. Our own errors pass. A query of several statements calls `alive` after some of
   * them: that is an answer, too. `patience` is for one that takes long by nature, in milliseconds.
   */
  attempt<T>(
    action: string,
    context: Readonly<Record<string, unknown>>,
    query: (sql: postgres.Sql, alive: () => void) => Promise<T>,
    patience?: number,
  ): Promise<T>;
  close(): Promise<void>;
}

/**
 * Opens the database at `url` (postgres://user:password@host:port/database). Nothing is sent yet.
 * `connections` are held at most; a server that is silent for `patience` ms counts as away, a statement
 * may take two thirds of that, and wait for a lock for one. Throws a `StoreError` if `url` is no such
 * address.
 */
export function openConnection(url: string, connections = 4, patience = PATIENCE): Database {
  checkAddress(url);
  let plain = false;
  const open = () => openDriver(url, connections, patience, plain);
  let driver = open(), ended: Promise<unknown> = Promise.resolve();
  /**
   * A server that is stopped, or a driver that has lost its way (porsager/postgres#1154), would keep
   * whoever waits, and what they asked for: everyone else on the same driver is told at once. One that
   * has lost a connection neither sends nor rejects what it is given until that has ended, and can use
   * it no more: there others may finish what they do.
   */
  const replace = (old: Driver, isLost: boolean) => {
    if (driver !== old) return;
    driver = open();
    ended = Promise.all([ended, isLost ? old.drop() : old.close()]);
  };
  const attempt: Database["attempt"] = async (action, context, query, longer = patience) => {
    const asked = driver, waiting = new Patience(longer);
    try {
      return await Promise.race([query(asked.sql, waiting.renew), waiting.over]);
    } catch (error) {
      if (waiting.isOver || isBroken(error)) replace(asked, waiting.isOver);
      if (plain || !refusesSettings(error)) {
        const why = isEnded(error) && driver !== asked ? { code: "CONNECTION_DESTROYED" } : error;
        throw driverError(why, action, context, asked.sql.options);
      }
      plain = true;
      replace(asked, true);
    } finally {
      waiting.end();
    }
    return await attempt(action, context, query, longer);
  };
  return {
    get sql() {
      return driver.sql;
    },
    attempt,
    close: async () => void await Promise.all([driver.close(), ended]),
  };
}

/** Whether a connection that stood has ended: by the codes of the operating system and the driver. */
function isBroken(error: unknown): boolean {
  const codes = ["ECONNRESET", "EPIPE", "ECONNABORTED", "CONNECTION_CLOSED"];
  return codes.includes((error as { code?: string } | undefined)?.code ?? "");
}

/** Whether the driver was at its end before it was asked. */
function isEnded(error: unknown): boolean {
  return (error as { code?: string } | undefined)?.code === "CONNECTION_ENDED";
}

function checkAddress(url: string): void {
  if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return;
  // The address is not shown: it may hold a password.
  throw new StoreError(
    "Cannot use the database address: it must look like postgres://user:password@host:5432/database",
  );
}

/** The same server and user, another database. */
export function databaseUrl(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(name)}`;
  return changed.href;
}
