import postgres from "postgres";
import { messageOf } from "../market/errors.ts";
import { StoreError } from "../ports/store_errors.ts";

/** The one channel of PostgreSQL that everything goes through; ours are inside the payload. */
const CHANNEL = "lockstep_bus";

/** So long may what is under way take at the end, in seconds. */
const END_TIMEOUT = 2;

/** A connection that listens and speaks. One that was lost is of no use any more. */
export interface NotifyConnection {
  /** Throws a `StoreError`; a message that the server refuses harms the connection in nothing. */
  send(payloads: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** What is told what a connection hears, and, at most once and not after its `close`, why it was lost. */
export interface NotifyEars {
  hear(payload: string): void;
  lost(why: StoreError): void;
}

/** Where to connect to, and for how long. */
export interface NotifyPlace {
  url: string;
  /** How long an answer may take, in milliseconds. */
  patience: number;
  /** Aborts when the connection is not wanted any more before it stands. */
  stop: AbortSignal;
}

/**
 * Connects to a database, and listens. Throws a `StoreError` if nothing answers there, it lets nobody in,
 * or `stop` aborts.
 *
 * The driver would connect again by itself. That is not relied on: what it is given between the error of a
 * socket and its end it neither sends nor rejects, and after that it never gets a connection to work again.
 */
export async function openNotifyConnection(
  { url, patience, stop }: NotifyPlace,
  { hear, lost }: NotifyEars,
): Promise<NotifyConnection> {
  let isOpen = false;
  const lose = (why: StoreError) => {
    const wasOpen = isOpen;
    isOpen = false;
    sql.end({ timeout: 0 }); // It rejects nothing.
    if (wasOpen) lost(why);
  };
  const closed = () => lose(new StoreError(`Cannot ${LISTEN}: the database closed the connection`));
  const sql = openDriver(url, patience, { hear, closed });
  const ask = async (action: string, query: Promise<unknown>) => {
    try {
      await inTime(query, patience);
    } catch (cause) {
      const why = new StoreError(`Cannot ${action}: ${messageOf(cause)}`, {}, { cause });
      // Nothing may be asked from here on, not even before the socket has ended.
      if (!isOpen || !(cause instanceof postgres.PostgresError)) lose(why);
      throw why;
    }
  };
  stop.addEventListener("abort", closed);
  try {
    await ask(LISTEN, sql.unsafe(`listen ${CHANNEL}`));
    isOpen = true;
  } finally {
    stop.removeEventListener("abort", closed);
  }
  const close = async () => {
    isOpen = false;
    await sql.end({ timeout: END_TIMEOUT });
  };
  return { send: (payloads) => ask("publish on the bus", notify(sql, payloads)), close };
}

const LISTEN = "listen to the bus";

function notify(sql: postgres.Sql, payloads: readonly string[]): Promise<unknown> {
  return sql`select pg_notify(${CHANNEL}, payload)
    from unnest(array(select jsonb_array_elements_text(${JSON.stringify(payloads)}::text::jsonb)))
      as payload`;
}

/** The driver with one connection, which calls `closed` when that has ended. */
function openDriver(
  url: string,
  patience: number,
  { hear, closed }: Pick<NotifyEars, "hear"> & { closed(): void },
): postgres.Sql {
  return postgres(url, {
    max: 1,
    connect_timeout: patience / 1_000,
    max_lifetime: null,
    fetch_types: false,
    connection: { application_name: "lockstep bus" },
    onnotice: () => {},
    onclose: closed,
    // The driver takes this, and does not say so in its types.
    ...{ onnotify: (_: string, payload: string) => hear(payload) },
  });
}

async function inTime(query: Promise<unknown>, patience: number): Promise<void> {
  const late = Promise.withResolvers<never>();
  const refuse = () => late.reject(new Error("the database does not answer"));
  const timer = setTimeout(refuse, patience);
  try {
    await Promise.race([query, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
