import { StoreError, UnreachableError } from "../../ports/store_errors.ts";
import { passingReason } from "./passing_codes.ts";

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

/**
 * The `StoreError` for something that the driver threw while it was to do `action`: an
 * `UnreachableError` if it may go well another time.
 */
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
  const { away, busy } = passingReason(code);
  const reason = away
    ? `the database at ${placeOf(target)} cannot be reached (${away})`
    : busy
    ? `${busy} (${details.message})`
    : reasonOf(code, details, target);
  const Kind = away || busy ? UnreachableError : StoreError;
  return new Kind(`Cannot ${action}: ${reason}`, more, { cause: error });
}

/** The code of an error; of several attempts (one for each address of a host), the first one's. */
function codeOf(details: Details): string | undefined {
  return details.code ?? (details.errors?.[0] as Details | undefined)?.code;
}

function reasonOf(code: string | undefined, details: Details, target: Target): string {
  const place = placeOf(target);
  if (code === "CONNECTION_ENDED") return "the store was closed";
  if (code === "28P01" || code === "28000") {
    return `the database at ${place} does not let user "${target.user}" in: ${details.message}`;
  }
  if (code === "3D000") return `there is no database "${target.database}" at ${place}`;
  return details.message || String(details);
}

function placeOf({ host, port }: Target): string {
  return `${[host].flat()[0]}:${[port].flat()[0]}`;
}
