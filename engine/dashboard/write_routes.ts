import { setCookie } from "hono/cookie";
import { z } from "zod";
import { jsonAnswer } from "./answer.ts";
import { type AppContext, callerOf, sessionOf } from "./app_context.ts";
import type { Gate } from "./gate.ts";
import { checkOrigin } from "./guard/check_origin.ts";
import { Query } from "./guard/query.ts";
import { readBody } from "./guard/read_body.ts";
import { CSRF_HEADER, SESSION_COOKIE, SESSION_SECONDS } from "./guard/session.ts";
import type { Answer } from "../ports/bot_control.ts";
import { WISHES } from "../ports/bot_wishes.ts";
import type { DashboardPlace } from "./place.ts";
import { Refusal } from "./refusal.ts";

/** What a request that changes something is carried out with. */
export interface Writing {
  place: DashboardPlace;
  gate: Gate;
}

/** Carries out a request that changes something. */
export type WriteRoute = (writing: Writing, c: AppContext) => Promise<Response>;

const COOKIE = { httpOnly: true, sameSite: "Strict", path: "/" } as const;
const TOKEN = z.strictObject({ token: z.string().min(1).max(500) });
const NOTHING = z.strictObject({});
const WISH = z.strictObject({
  wish: z.enum(WISHES),
  // Nothing that would write over the log's lines.
  reason: z.string().max(200).regex(/^[^\p{Cc}]*$/u, "may have no control characters").default(""),
});
/** What the bots' records call whoever asks here. */
const BY = "dashboard";

/** What may be asked for by POST, by address. */
export const WRITE_ROUTES: Readonly<Record<string, WriteRoute>> = {
  "/api/log-in": async ({ gate }, c) => {
    checkOrigin(c.req);
    const { token } = await bodyOf(c, TOKEN);
    const session = gate.logIn(token, callerOf(c));
    setCookie(c, SESSION_COOKIE, session, { ...COOKIE, maxAge: SESSION_SECONDS });
    return c.json({});
  },
  "/api/log-out": async (writing, c) => {
    await checkWrite(writing, c, NOTHING);
    writing.gate.logOut(sessionOf(c));
    setCookie(c, SESSION_COOKIE, "", { ...COOKIE, maxAge: 0 });
    return c.json({});
  },
  "/api/ask": async (writing, c) => {
    const { wish, reason } = await checkWrite(writing, c, WISH), { control } = writing.place;
    const answers = await control.askAll(wish, { by: BY, reason });
    return answered(writing, c, answers);
  },
  "/api/bots/:id/ask": async (writing, c) => {
    const { wish, reason } = await checkWrite(writing, c, WISH), { control, store } = writing.place;
    const id = c.req.param("id") ?? "";
    if (!await store.bots.find(id)) throw new Refusal(404, `There is no bot ${JSON.stringify(id)}`);
    return answered(writing, c, [await control.ask(id, wish, { by: BY, reason })]);
  },
};

/** Tells who asked, and the log, what came of it. */
function answered({ place }: Writing, c: AppContext, answers: readonly Answer[]): Response {
  for (const { text } of answers) place.log(`dashboard: ${text} (asked from ${callerOf(c)})`);
  return jsonAnswer({ answers });
}

/** Refuses what does not come from a page of ours, of somebody who is in; gives what it says. */
async function checkWrite<T>(
  { gate }: Writing,
  c: AppContext,
  schema: z.ZodType<T>,
): Promise<T> {
  checkOrigin(c.req);
  gate.checkWrite(sessionOf(c), c.req.header(CSRF_HEADER));
  return await bodyOf(c, schema);
}

async function bodyOf<T>(c: AppContext, schema: z.ZodType<T>): Promise<T> {
  new Query(new URL(c.req.url).searchParams).end();
  const { data, error } = schema.safeParse(await readBody(c.req.raw));
  if (data !== undefined) return data;
  const [{ path, message }] = error!.issues;
  throw new Refusal(400, `The body is not what it should be: ${path.join(".")} ${message}`);
}

/** What a page needs to ask for something to be done. */
export function sessionAnswer(gate: Gate, session: string | undefined): Response {
  return jsonAnswer({ csrf: gate.csrfOf(session), asks: gate.asks });
}
