import { isIP } from "node:net";
import type { HttpBindings } from "@hono/node-server";
import type { Context, Hono } from "hono";
import { getCookie } from "hono/cookie";
import { SESSION_COOKIE } from "./guard/session.ts";

/** What belongs to a request. */
export type AppContext = Context<{ Bindings: HttpBindings }>;

/** The program that answers requests. */
export type App = Hono<{ Bindings: HttpBindings }>;

/**
 * Where a request comes from. Of what a proxy on this machine passes on that is where the proxy had it from,
 * by the last address that it wrote: whoever asks could have written those before it.
 */
export function callerOf(c: AppContext): string {
  const peer = c.env.incoming.socket.remoteAddress ?? "unknown";
  if (!/^(::ffff:)?127\.|^::1$/.test(peer)) return peer;
  const seen = c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  return isIP(seen) === 0 ? peer : seen;
}

/** The session that a request says it is of. */
export function sessionOf(c: AppContext): string | undefined {
  return getCookie(c, SESSION_COOKIE);
}
