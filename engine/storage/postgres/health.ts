import { messageOf } from "../../market/errors.ts";
import type { Health } from "../../ports/store_health.ts";
import type { Database } from "./connection.ts";
import { MIGRATIONS } from "./migrations/all.ts";

interface Answer {
  version: string;
  reading: boolean;
  applied: number;
  open: number;
  most: number;
}

/** As `Store.healthCheck` says. */
export async function healthCheck(database: Database): Promise<Health> {
  const start = performance.now(), latency = () => performance.now() - start;
  try {
    const [answer] = await database.attempt("ask the database", {}, (sql) =>
      sql<[Answer]>`
        select current_setting('server_version') as version,
          pg_is_in_recovery() or current_setting('default_transaction_read_only')::boolean
            as reading,
          (select max(number) from lockstep_migrations) as applied,
          (select count(*)::integer from pg_stat_activity
            where backend_type = 'client backend') as open,
          current_setting('max_connections')::integer as most`);
    return judged(answer, latency());
  } catch (error) {
    const detail = messageOf(error);
    return { healthy: false, latency: latency(), detail };
  }
}

function judged({ version, reading, applied, open, most }: Answer, latency: number): Health {
  const known = MIGRATIONS.length, problems: string[] = [];
  if (reading) problems.push("it can only be read");
  if (applied !== known) {
    problems.push(`its tables are of step ${applied}, and this program's of step ${known}`);
  }
  const detail = [`PostgreSQL ${version}`, ...problems, `${open} of ${most} connections`];
  return {
    healthy: problems.length === 0,
    latency,
    detail: detail.join(", "),
    version,
    migrations: { applied, known },
    connections: { open, most },
  };
}
