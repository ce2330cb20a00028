import { StoreError, UnreachableError } from "../ports/store_errors.ts";
import { jsonAnswer, textAnswer } from "./answer.ts";
import { type AppContext, callerOf } from "./app_context.ts";
import { SECURITY_HEADERS } from "./guard/security_headers.ts";
import type { DashboardPlace } from "./place.ts";
import { Refusal } from "./refusal.ts";

/** Says no, and says so in the log. What went wrong in here is not told to who asks. */
export function refuse({ log }: DashboardPlace, c: AppContext, error: Error): Response {
  const known = refusalOf(error), { status, message } = known ?? UNKNOWN;
  const detail = known || error instanceof StoreError ? error.message : error.stack;
  const what = `${c.req.method} ${JSON.stringify(c.req.path.slice(0, 200))} from ${callerOf(c)}`;
  log(`dashboard: refused ${what}: ${status}, ${detail}`);
  const answer = c.req.path.startsWith("/api/") ? jsonAnswer : textAnswer;
  const body = c.req.path.startsWith("/api/") ? { error: message } : `${message}\n`;
  return (answer as (body: unknown, status: number, headers: object) => Response)(
    body,
    status,
    { ...SECURITY_HEADERS, ...known?.headers },
  );
}

const UNKNOWN = { status: 500, message: "Something went wrong here; the log says what" };

function refusalOf(error: Error): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (!(error instanceof UnreachableError)) return undefined;
  return new Refusal(503, `The database is away: ${error.message}`);
}
