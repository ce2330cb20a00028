import type { HttpBindings } from "@hono/node-server";
import type { Context, Hono } from "hono";
import { getCookie } from "hono/cookie";
import { SESSION_COOKIE } from "./guard/session.ts";

/** What belongs to a request. */
export type AppContext = Context<{ Bindings: HttpBindings }>;

/** The program that answers requests. */
export type App = Hono<{ Bindings: HttpBindings }>;

/** Where a request comes from. */
export function callerOf(c: AppContext): string {
  return c.env.incoming.socket.remoteAddress ?? "unknown";
}

/** The session that a request says it is of. */
export function sessionOf(c: AppContext): string | undefined {
  return getCookie(c, SESSION_COOKIE);
}
