import type { PostgresConnectionOptions } from "bullmq";
import { driverError } from "../storage/postgres/driver_error.ts";
import { loadQuietly } from "./load_quietly.ts";
import type { QueueServer } from "./queue_server.ts";

/** How long a connection, and an answer, may take, in milliseconds. */
const PATIENCE = 15_000;

/** Connections of a process: each work that it takes part in keeps one, to be woken. */
const CONNECTIONS = 10;

/**
 * The PostgreSQL database at `url`, for queues: BullMQ keeps them in tables of its own, in the schema
 * `bullmq`, which are made if need be. Throws a `StoreError` if there is none, or it lets nobody in.
 */
export async function openPostgresServer(
  url: string,
): Promise<QueueServer<PostgresConnectionOptions>> {
  const bull = await loadQuietly(() => import("bullmq"));
  const { pg } = await loadQuietly(() => import("./pg.ts"));
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: PATIENCE,
    query_timeout: PATIENCE,
    application_name: "lockstep queue",
    // BullMQ names its tables without their schema.
    options: `-c search_path=${bull.DEFAULT_SCHEMA}`,
  });
  const { host, port, database, user } = pool.options;
  const target = {
    host: host ?? "",
    port: port ?? 5432,
    database: database ?? "",
    user: user ?? "",
  };
  const errorOf = (error: unknown, action: string) => driverError(error, action, {}, target);
  try {
    const client = await pool.connect();
    try {
      await bull.runMigrations(client, bull.DEFAULT_SCHEMA);
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw errorOf(error, "open the queue");
  }
  return {
    factory: bull.createPostgresBackend,
    speaking: pool,
    waiting: pool,
    errorOf,
    close: () => pool.end(),
  };
}
