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
  let driver = open();
  /**
   * A server that is stopped, or a driver that has lost its way (porsager/postgres#1154), would keep
   * whoever waits, and what they asked for. Everyone else on the same driver is told at once.
   */
  const replace = (silent: Driver) => {
    if (driver !== silent) return;
    driver = open();
    silent.drop();
  };
  const attempt: Database["attempt"] = async (action, context, query, longer = patience) => {
    const asked = driver, waiting = new Patience(longer);
    try {
      return await Promise.race([query(asked.sql, waiting.renew), waiting.over]);
    } catch (error) {
      if (waiting.isOver) replace(asked);
      if (plain || !refusesSettings(error)) {
        throw driverError(error, action, context, asked.sql.options);
      }
      plain = true;
      replace(asked);
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
    close: () => driver.close(),
  };
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
