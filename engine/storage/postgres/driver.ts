import { Socket } from "node:net";
import postgres from "postgres";

/** How long, in seconds, to wait for running queries at the end: the driver may wait for ever. */
const END_TIMEOUT = 2;

/** The longest wait between two attempts to reach a lost server, in seconds. */
const LONGEST_WAIT = 1;

/** A pool of connections, and its ends. */
export interface Driver {
  readonly sql: postgres.Sql;
  /** Ends it when running queries are through, or two seconds later. */
  close(): Promise<void>;
  /** Ends it at once: whatever waits for it fails. */
  drop(): void;
}

/** Where the driver connects to: a socket's path, or one of several hosts. */
interface Target {
  path?: string | false;
  host: string[];
  port: number[];
}

/**
 * The driver for `url`. Of `patience` (ms) a statement may take two thirds, and wait for a lock for
 * one. The server is told so when it is connected to, unless that is to be `plain`.
 */
export function openDriver(
  url: string,
  connections: number,
  patience: number,
  plain: boolean,
): Driver {
  const sockets = openSockets();
  const sql = postgres(url, {
    max: connections,
    connect_timeout: patience * 2 / 3 / 1_000,
    // Arrays are written as literals and read as rows, so their types need not be asked for.
    fetch_types: false,
    backoff: (retries: number) => Math.min(3 ** retries / 100, LONGEST_WAIT),
    connection: { application_name: "lockstep", ...plain ? {} : settings(patience) },
    onnotice: () => {},
    // The driver takes this, and does not say so in its types.
    ...{ socket: sockets.open },
  });
  return {
    sql,
    close: async () => {
      await sql.end({ timeout: END_TIMEOUT });
      sockets.close();
    },
    drop: () => {
      // It rejects nothing: it only takes long, now and then.
      sql.end({ timeout: 0 });
      sockets.close();
    },
  };
}

function settings(patience: number) {
  return {
    statement_timeout: Math.ceil(patience * 2 / 3),
    lock_timeout: Math.ceil(patience / 3),
    // One of ours that lost its way in a transaction must not keep others from its rows for ever.
    idle_in_transaction_session_timeout: 2 * patience,
    // Disks do not turn any more: reading by an index is not four times as dear.
    random_page_cost: 1.1,
  };
}

/**
 * Whether the error says that settings are not taken when a connection is made: so do poolers that
 * were not told to (PgBouncer's `ignore_startup_parameters`).
 */
export function refusesSettings(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === "08P01" && /startup parameter/.test(message ?? "");
}

/**
 * The driver's sockets. It says goodbye to its connections, and waits for an answer that a stopped
 * server never gives; and one that was about to connect again does so, even after the end.
 */
function openSockets() {
  const all = new Set<Socket>();
  let next = 0, closed = false;
  return {
    open: ({ path, host, port }: Target): Socket => {
      if (closed) throw Object.assign(new Error("closed"), { code: "CONNECTION_DESTROYED" });
      const i = next++ % host.length;
      // The driver looks for the place in messages and certificates there.
      const socket = Object.assign(new Socket(), { host: host[i], port: port[i] });
      all.add(socket);
      socket.once("close", () => all.delete(socket));
      return path ? socket.connect(path) : socket.connect(port[i], host[i]);
    },
    close: (): void => {
      closed = true;
      for (const socket of all) socket.destroy();
    },
  };
}
