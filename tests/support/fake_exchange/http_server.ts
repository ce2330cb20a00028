import { createHash } from "node:crypto";
import { createServer, type Server, type Socket } from "node:net";

/** A request without a body. */
export interface HttpRequest {
  path: string;
  query: URLSearchParams;
}

export interface HttpAnswer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body: string;
}

/** What is done with what comes in. */
export interface HttpHandlers {
  /** The answer, or `undefined` for none at all: the client waits until it gives up. */
  answer(request: HttpRequest): HttpAnswer | undefined;
  /** What takes over the WebSocket that is asked for, or the answer that refuses it. */
  upgrade(request: HttpRequest): ((socket: Socket) => void) | HttpAnswer;
}

/** The sockets that are open on a server, and how to stop it. */
export interface HttpServer {
  port: number;
  sockets: ReadonlySet<Socket>;
  stop(): Promise<void>;
}

/**
 * A small HTTP/1.1 server on 127.0.0.1. It is written on bare TCP sockets because faults need them: a
 * connection that is reset, a WebSocket frame that no library would send, a request that hangs.
 */
export async function httpServer(handlers: HttpHandlers): Promise<HttpServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    serve(socket, handlers);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return { port: portOf(server), sockets, stop: () => stop(server, sockets) };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  return address.port;
}

async function stop(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const gone = [...sockets].map((socket) => new Promise((resolve) => socket.on("close", resolve)));
  const closed = new Promise((resolve) => server.close(resolve));
  for (const socket of sockets) socket.destroy();
  await Promise.all([closed, ...gone]);
}

const HEAD_END = "\r\n\r\n";

/** Reads requests until one becomes a WebSocket; headers are ASCII, bodies are none. */
function serve(socket: Socket, handlers: HttpHandlers): void {
  let text = "";
  const read = (bytes: Uint8Array) => {
    text += new TextDecoder("latin1").decode(bytes);
    for (let end = text.indexOf(HEAD_END); end >= 0; end = text.indexOf(HEAD_END)) {
      const head = text.slice(0, end);
      text = text.slice(end + HEAD_END.length);
      const request = requestOf(head), key = /^sec-websocket-key: *(\S+)/im.exec(head)?.[1];
      if (key === undefined) {
        write(socket, handlers.answer(request));
      } else {
        socket.off("data", read);
        return accept(socket, key, request, handlers);
      }
    }
  };
  socket.on("data", read);
}

function requestOf(head: string): HttpRequest {
  const target = head.split(" ", 2)[1] ?? "/";
  const url = new URL(target, "http://127.0.0.1");
  return { path: url.pathname, query: url.searchParams };
}

function accept(socket: Socket, key: string, request: HttpRequest, handlers: HttpHandlers): void {
  const taken = handlers.upgrade(request);
  if (typeof taken !== "function") {
    write(socket, taken);
    socket.end();
    return;
  }
  const proof = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
  socket.write(
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
      `Sec-WebSocket-Accept: ${proof.digest("base64")}${HEAD_END}`,
  );
  taken(socket);
}

const REASONS: Readonly<Record<number, string>> = {
  200: "OK",
  400: "Bad Request",
  404: "Not Found",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

function write(socket: Socket, answer: HttpAnswer | undefined): void {
  if (!answer) return;
  const body = new TextEncoder().encode(answer.body);
  const headers = {
    "Content-Type": "application/json",
    ...answer.headers,
    "Content-Length": `${body.length}`,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.write(`HTTP/1.1 ${answer.status} ${REASONS[answer.status] ?? ""}\r\n${lines}\r\n`);
  socket.write(body);
}
