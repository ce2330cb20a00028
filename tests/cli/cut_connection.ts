/**
 * Lets the database's driver write to a connection that the server has cut. Arguments: the address,
 * and `guard` for a guarded process.
 */
import { guardDriver } from "../../engine/cli/driver_guard.ts";
import { openConnection } from "../../engine/storage/postgres/connection.ts";

const [url, guard] = Deno.args;
if (guard) guardDriver();
const { sql } = openConnection(url, 1), other = openConnection(url, 1).sql;
// The driver reserves no connection before it has one.
await sql`select 1`;
const held = await sql.reserve();
const [{ pid }] = await held`select pg_backend_pid() as pid`;
await other`select pg_terminate_backend(${pid}::integer)`;
await new Promise((resolve) => setTimeout(resolve, 200));
held`select 1`.catch(() => {});
await new Promise((resolve) => setTimeout(resolve, 200));
Deno.stdout.writeSync(new TextEncoder().encode("alive\n"));
Deno.exit(0);
