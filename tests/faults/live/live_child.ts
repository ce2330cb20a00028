import type { ChildOrder, ChildOrders } from "./child_orders.ts";
import { SERVES, startProcess } from "../../support/limited_process.ts";

/** A live process of a run. */
export interface LiveChild {
  /** Its id, once it has told it. */
  pid: Promise<number>;
  /** What it has said so far, and when by `performance.now()`. */
  said: readonly { at: number; line: string }[];
  /** Tells it something. */
  order(order: ChildOrder): Promise<void>;
  /** Its exit code, and when it ended. */
  ended: Promise<{ code: number; at: number }>;
  readonly hasEnded: boolean;
}

/** How to start one. */
export interface ChildOptions {
  orders: ChildOrders;
  args: readonly string[];
  database: string;
  redis?: string;
}

const ROOT = new URL("../../../", import.meta.url).pathname;
const PROGRAM = new URL("live_process.ts", import.meta.url).pathname;

/** Starts a live process, which can be killed anywhere and starts no server of its own. */
export function startChild({ orders, args, database, redis }: ChildOptions): LiveChild {
  const allowed = "read env write net run sys".split(" ").map((name) => `--allow-${name}`);
  const child = startProcess("deno", {
    args: [
      ...["run", "--quiet", "--no-prompt", "--lock=deno.lock", "--frozen", ...allowed, PROGRAM],
      ...[JSON.stringify(orders), ...args],
    ],
    cwd: ROOT,
    env: { NO_COLOR: "1", DATABASE_URL: database, REDIS_URL: redis ?? "" },
    ...{ stdin: "piped", stdout: "null", stderr: "piped" },
    limit: SERVES,
  });
  const stdin = child.stdin.getWriter(), said: { at: number; line: string }[] = [];
  const pid = Promise.withResolvers<number>();
  pid.promise.catch(() => {}); // whoever asks for it is told
  let hasEnded = false;
  const listening = listen(child.stderr, (line) => {
    said.push({ at: performance.now(), line });
    if (line.startsWith("process ")) pid.resolve(Number(line.slice(8)));
  });
  const ended = child.status.then(async ({ code }) => {
    const at = performance.now();
    hasEnded = true;
    await listening;
    pid.reject(new Error("It ended before it told its id"));
    await stdin.close().catch(() => {});
    return { code, at };
  });
  return {
    ...{ pid: pid.promise, said, ended },
    // One that has ended hears nothing.
    order: (order) =>
      stdin.write(new TextEncoder().encode(`${JSON.stringify(order)}\n`)).catch(() => {}),
    get hasEnded() {
      return hasEnded;
    },
  };
}

async function listen(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  tell: (line: string) => void,
): Promise<void> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    lines.forEach(tell);
  }
}
