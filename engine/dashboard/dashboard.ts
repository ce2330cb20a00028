import { getRequestListener } from "@hono/node-server";
import { createServer, STATUS_CODES } from "node:http";
import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import { InputError } from "../market/errors.ts";
import { textAnswer } from "./answer.ts";
import { dashboardApp } from "./app.ts";
import { readAssets } from "./assets.ts";
import { Followers } from "./followers.ts";
import { Gate } from "./gate.ts";
import { SECURITY_HEADERS } from "./guard/security_headers.ts";
import { type Address, listen } from "./listen.ts";
import type { DashboardPlace } from "./place.ts";
import { sparingLog } from "./sparing_log.ts";

/** A dashboard that is being served. */
export interface Dashboard {
  /** Where a browser finds it. */
  url: string;
  port: number;
  close(): Promise<void>;
}

/**
 * What a slow or greedy caller is given, in milliseconds and bytes. Node's server keeps to these, and
 * Deno's own has no such limits: whoever sends half a request could keep a connection for ever.
 */
export const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
};
const MOST_CONNECTIONS = 500;

/** Of an address that others can reach a token is asked, at least so long. */
const SHORTEST_TOKEN = 16;

/**
 * Serves the dashboard. A port that is taken gives way to the next one that is free, and the log says
 * so. Throws an `InputError` for an address that others can reach without a token to ask them for, and
 * for one that cannot be had.
 */
export async function openDashboard(
  place: DashboardPlace,
  address: Address,
  limits: Partial<typeof LIMITS> = {},
): Promise<Dashboard> {
  checkToken(place, address);
  const { store, clock, token } = place, over = new AbortController();
  const log = sparingLog(place.log, clock);
  const followers = new Followers(store, clock), gate = new Gate(clock, token);
  const app = dashboardApp({
    place: { ...place, log },
    followers,
    gate,
    assets: await readAssets(),
    over: over.signal,
  });
  const answer = getRequestListener(app.fetch, {
    overrideGlobalObjects: false,
    errorHandler: (error) => {
      const { message } = error as Error;
      log(`dashboard: refused a request: 400, ${message}`);
      return textAnswer(`${message}\n`, 400, { ...SECURITY_HEADERS });
    },
  });
  const server = createServer({ ...LIMITS, ...limits }, answer);
  server.maxConnections = MOST_CONNECTIONS;
  server.on("clientError", (error: Error & { code?: string }, socket: Duplex) => {
    refuseConnection(error, socket, log);
  });
  const port = await listen(server, address, place.log);
  const close = async () => {
    over.abort();
    followers.close();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  };
  return { url: urlOf({ ...address, port }), port, close };
}

/** What is no request, or takes too long to become one. Whoever just goes is not worth a word. */
function refuseConnection(
  { code, message }: Error & { code?: string },
  socket: Duplex,
  log: (text: string) => void,
): void {
  const status = code === "ERR_HTTP_REQUEST_TIMEOUT"
    ? 408
    : code === "HPE_HEADER_OVERFLOW"
    ? 431
    : 400;
  if (!socket.writable || code === "ECONNRESET") return void socket.destroy();
  log(`dashboard: refused a connection: ${status}, ${message}`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`);
}

/** Whether only this machine reaches an address. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "::1" ||
    (isIP(hostname) === 4 && hostname.startsWith("127."));
}

function checkToken({ token }: DashboardPlace, { hostname, port }: Address): void {
  const at = `${hostname}:${port}`;
  if (token === undefined) {
    if (isLoopback(hostname)) return;
    throw new InputError(
      `Cannot show the dashboard at ${at} without a token: others can reach that address. Put one into ` +
        `LOCKSTEP_DASHBOARD_TOKEN (such as $(openssl rand -hex 16)), or use 127.0.0.1:${port}`,
    );
  }
  if (token.length >= SHORTEST_TOKEN) return;
  throw new InputError(
    `Cannot use the token in LOCKSTEP_DASHBOARD_TOKEN: it must have ${SHORTEST_TOKEN} characters or ` +
      `more, and has ${token.length}`,
  );
}

function urlOf({ hostname, port }: Address): string {
  const shown = hostname === "0.0.0.0" || hostname === "::" ? "127.0.0.1" : hostname;
  return `http://${isIP(shown) === 6 ? `[${shown}]` : shown}:${port}/`;
}
