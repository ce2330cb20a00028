import { StoreError } from "../../ports/store_errors.ts";

/** What the driver and PostgreSQL tell about an error; all of it may be missing. */
interface Details {
  code?: string;
  message?: string;
  detail?: string;
  constraint_name?: string;
  table_name?: string;
  errors?: readonly unknown[];
}

/** Where the driver connects to. */
interface Target {
  host: readonly string[] | string;
  port: readonly number[] | number;
  database: string;
  user: string | null;
}

const UNREACHABLE: Record<string, string> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "the host is unknown",
  EAI_AGAIN: "the host's name cannot be looked up now",
  EHOSTUNREACH: "there is no way to the host",
  ENETUNREACH: "there is no way to the host",
  ETIMEDOUT: "it does not answer",
  ECONNRESET: "it closed the connection",
  EPIPE: "it closed the connection",
  CONNECT_TIMEOUT: "it does not answer",
  CONNECTION_CLOSED: "it closed the connection",
  CONNECTION_DESTROYED: "the connection was closed",
  CONNECTION_ENDED: "the store was closed",
  "57P01": "it is shutting down",
  "57P03": "it is starting or shutting down",
};

/** The `StoreError` for something that the driver threw while it was to do `action`. */
export function driverError(
  error: unknown,
  action: string,
  context: Readonly<Record<string, unknown>>,
  target: Target,
): StoreError {
  if (error instanceof StoreError) return error;
  const details = (error ?? {}) as Details, code = codeOf(details);
  const { constraint_name: constraint, table_name: table, detail } = details;
  const more = { ...context, code, constraint, table, detail };
  return new StoreError(`Cannot ${action}: ${reasonOf(code, details, target)}`, more, {
    cause: error,
  });
}

/** The code of an error; of several attempts (one for each address of a host), the first one's. */
function codeOf(details: Details): string | undefined {
  return details.code ?? (details.errors?.[0] as Details | undefined)?.code;
}

function reasonOf(code: string | undefined, details: Details, target: Target): string {
  const place = `${[target.host].flat()[0]}:${[target.port].flat()[0]}`;
  const unreachable = code && UNREACHABLE[code];
  if (unreachable) return `the database at ${place} cannot be reached (${unreachable})`;
  if (code === "28P01" || code === "28000") {
    return `the database at ${place} does not let user "${target.user}" in: ${details.message}`;
  }
  if (code === "3D000") return `there is no database "${target.database}" at ${place}`;
  return details.message || String(details);
}
