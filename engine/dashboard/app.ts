import { Hono } from "hono";
import { type App, type AppContext, callerOf, sessionOf } from "./app_context.ts";
import { type Asset, assetAnswer } from "./assets.ts";
import type { Followers } from "./followers.ts";
import type { Gate } from "./gate.ts";
import { checkAddress } from "./guard/check_address.ts";
import { checkHost } from "./guard/check_host.ts";
import { Query } from "./guard/query.ts";
import { SECURITY_HEADERS } from "./guard/security_headers.ts";
import type { DashboardPlace } from "./place.ts";
import { Refusal } from "./refusal.ts";
import { refuse } from "./refuse.ts";
import { READ_ROUTES, type Reading } from "./routes.ts";
import { sessionAnswer, WRITE_ROUTES } from "./write_routes.ts";

/** What the addresses lead to. */
export interface AppParts {
  place: DashboardPlace;
  followers: Followers;
  /** The files of the page, by path. */
  assets: ReadonlyMap<string, Asset>;
  gate: Gate;
  /** Aborts when the server ends. */
  over: AbortSignal;
}

/** Pages, by address. */
const PAGES: Readonly<Record<string, string>> = {
  "/": "/index.html",
  "/bots/:id": "/bot.html",
  "/data": "/data.html",
};
const LOG_IN = "/log_in.html";

/** The program that answers requests: each is checked first, and its answer secured. */
export function dashboardApp(parts: AppParts): App {
  const app: App = new Hono({ strict: true }), { place, assets, gate } = parts;
  app.use(async (c, next) => {
    checkHost(c.req.header("host"), place.names);
    checkAddress(c.req.url);
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.res.headers.set(name, value);
  });
  const file = (c: AppContext, path: string) =>
    assetAnswer(assets.get(path)!, c.req.header("if-none-match"));
  for (const path of assets.keys()) {
    if (!path.endsWith(".html")) open(app, path, (c) => file(c, path));
  }
  for (const [path, page] of Object.entries(PAGES)) {
    open(app, path, (c) => gate.isIn(sessionOf(c)) ? file(c, page) : to("/log-in"));
  }
  open(app, "/log-in", (c) => gate.isIn(sessionOf(c)) ? to("/") : file(c, LOG_IN));
  for (const [path, read] of Object.entries(READ_ROUTES)) {
    open(app, path, (c) => read(reading(parts, c)));
  }
  open(app, "/api/session", (c) => sessionAnswer(reading(parts, c).gate, sessionOf(c)));
  for (const [path, write] of Object.entries(WRITE_ROUTES)) {
    app.post(path, (c) => write(parts, c));
    app.all(path, wrongMethod("POST"));
  }
  app.notFound((c) => refuse(place, c, new Refusal(404, "There is nothing at this address")));
  app.onError((error, c) => refuse(place, c, error));
  return app;
}

/** Answers GET and HEAD at an address, and refuses all else. */
function open(
  app: App,
  path: string,
  answer: (c: AppContext) => Response | Promise<Response>,
): void {
  app.get(path, (c) => answer(c));
  app.all(path, wrongMethod("GET, HEAD"));
}

function wrongMethod(allow: string): () => never {
  return () => {
    throw new Refusal(405, `What is at this address is for ${allow}`, { allow });
  };
}

function to(location: string): Response {
  const headers = { location, "cache-control": "no-store" };
  return new Response(null, { status: 303, headers });
}

function reading({ place, followers, gate, over }: AppParts, c: AppContext): Reading {
  const isKnown = gate.knows(c.req.header("authorization"), callerOf(c), sessionOf(c));
  if (!isKnown && c.req.path !== "/health") throw new Refusal(401, "Log in first");
  return {
    ...{ place, followers, over, isKnown, gate },
    query: new Query(new URL(c.req.url).searchParams),
    param: (name: string) => c.req.param(name) ?? "",
  };
}
