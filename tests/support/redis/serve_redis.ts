/**
 * Runs a Redis server that does what is read from standard input, a line each: `start`; or a signal's
 * name, for the server. Answers each line with one of its own when it is done. Ends with its input.
 * Arguments: the port, then more for the server. A process of its own, because whoever sets a
 * library's path may run whatever it likes.
 */
import { findRedis, libraryPath } from "./find_redis.ts";
import { type LimitedProcess, SERVES, startProcess } from "../limited_process.ts";

const [port, ...more] = Deno.args, program = await findRedis();
if (!program) throw new Error("There is no Redis server");
const folder = await Deno.makeTempDir();
let server: LimitedProcess | undefined;

async function start({ path }: { path: string }): Promise<string> {
  server = startProcess(path, {
    args: ["--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", folder, ...more],
    env: libraryPath(program!),
    stdout: "piped",
    stderr: "null",
    limit: SERVES,
  });
  let said = "";
  for await (const text of server.stdout.pipeThrough(new TextDecoderStream())) {
    said += text;
    if (said.includes("Ready to accept connections")) return "started";
  }
  return "failed";
}

async function obey(order: string): Promise<string> {
  if (order === "start") return await start(program!);
  server?.kill(order as Deno.Signal);
  if (order === "SIGKILL") await server?.status;
  return "done";
}

const say = (line: string) => Deno.stdout.write(new TextEncoder().encode(`${line}\n`));
let rest = "";
try {
  for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) await say(await obey(line));
  }
} finally {
  try {
    server?.kill("SIGKILL");
  } catch { /* it has ended by itself */ }
  await server?.status;
  await Deno.remove(folder, { recursive: true });
}
