import { inTime } from "./eventually.ts";
import { runProcess, SERVES, startProcess } from "./limited_process.ts";

/** A Redis server of a test's own. */
export interface RedisServer {
  /** Its address, with the password if it has one. */
  url: string;
  port: number;
  /** Starts it again, on the same port, and resolves when it takes connections. */
  start(): Promise<void>;
  /** Sends it a signal: SIGKILL ends it, SIGSTOP has it hang and SIGCONT go on. */
  signal(name: "SIGKILL" | "SIGSTOP" | "SIGCONT"): Promise<void>;
}

const FOLDER = new URL("./redis/", import.meta.url).pathname;

const present = await canRun();

/** Whether a server is here, or can be fetched. */
async function canRun(): Promise<boolean> {
  return (await runProcess("deno", { args: program("find_redis.ts") })).success;
}

function program(file: string): string[] {
  const allowed = ["read", "write", "env", "run", "sys=uid"].map((what) => `--allow-${what}`);
  return ["run", "--quiet", "--no-prompt", "--no-lock", ...allowed, `${FOLDER}${file}`];
}

/** A test that runs a Redis server; skipped, by name, on a machine that has none and can get none. */
export function redisTest(name: string, test: () => Promise<void>): void {
  Deno.test({ name, ignore: !present, fn: test });
}

/** Settings of a test's server. */
export interface RedisSettings {
  password?: string;
  /** More of `redis.conf`, as arguments. */
  more?: readonly string[];
}

/** Runs `test` with a Redis server, which is gone afterwards. About 0.1 s. */
export async function withRedis<T>(
  test: (server: RedisServer) => Promise<T>,
  { password, more = [] }: RedisSettings = {},
): Promise<T> {
  const port = freePort(), secret = password === undefined ? [] : ["--requirepass", password];
  const child = startProcess("deno", {
    args: [...program("serve_redis.ts"), `${port}`, ...secret, ...more],
    stdin: "piped",
    stdout: "piped",
    limit: SERVES,
  });
  const orders = child.stdin.getWriter();
  const answers = child.stdout.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
  const order = async (line: string) => {
    await orders.write(new TextEncoder().encode(`${line}\n`));
    const { value } = await inTime(`the Redis server's answer to ${line}`, answers.next());
    if (!/^(started|done)\n$/.test(value ?? "")) {
      throw new Error(`The Redis server did not ${line}`);
    }
  };
  try {
    await order("start");
    const url = `redis://${password === undefined ? "" : `:${password}@`}127.0.0.1:${port}`;
    return await test({ url, port, start: () => order("start"), signal: order });
  } finally {
    await orders.close();
    await answers.return?.();
    await inTime("the end of the Redis server", child.status);
  }
}

/** A port of this machine on which nothing listens. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 }), { port } = listener.addr;
  listener.close();
  return port;
}
