import postgres from "postgres";
import { StoreError } from "../../ports/store_errors.ts";
import { driverError } from "./driver_error.ts";

/** An open database. Its queries are sent through `attempt`, which gives errors their context. */
export interface Database {
  readonly sql: postgres.Sql;
  /**
   * Runs `query`. What the driver throws becomes a `StoreError`: "Cannot `action`: why", with
   * `context`. Our own errors pass.
   */
  attempt<T>(
    action: string,
    context: Readonly<Record<string, unknown>>,
    query: (sql: postgres.Sql) => Promise<T>,
  ): Promise<T>;
  close(): Promise<void>;
}

/** How long, in seconds, to wait for running queries at the end: the driver may wait for ever. */
const END_TIMEOUT = 2;

/** The longest wait between two attempts to reach a lost server, in seconds. */
const LONGEST_WAIT = 1;

/**
 * Opens the database at `url` (postgres://user:password@host:port/database). Nothing is sent yet.
 * Throws a `StoreError` if that is no such address.
 */
export function openConnection(url: string, connections = 4): Database {
  checkAddress(url);
  const sql = postgres(url, {
    max: connections,
    connect_timeout: 10,
    // Arrays are written as literals and read as rows, so their types need not be asked for.
    fetch_types: false,
    backoff: (retries: number) => Math.min(3 ** retries / 100, LONGEST_WAIT),
    connection: { application_name: "lockstep" },
    onnotice: () => {},
  });
  return {
    sql,
    attempt: async (action, context, query) => {
      try {
        return await query(sql);
      } catch (error) {
        throw driverError(error, action, context, sql.options);
      }
    },
    close: () => sql.end({ timeout: END_TIMEOUT }),
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
