import { lockstepHome } from "../../engine/storage/server.ts";
import { homeAt } from "../../engine/storage/embedded/home.ts";
import { runProcess, startProcess } from "../support/limited_process.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

/** How a command is run. */
export interface CommandOptions {
  /** `DATABASE_URL` for it; without one it is Lockstep's own server. */
  database?: string;
  /** `REDIS_URL` for it; without one everyone is woken over the database. */
  redis?: string;
  /** The archive's folder, in which it may write; commands that write other files write there, too. */
  archive?: string;
  /** The folder of the ledger of trials, in which it may write; none unless given: it is not to be the user's. */
  trials?: string;
  /** The folder in which it runs; the project's unless given. */
  folder?: string;
}

/** What came of a command. */
export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs a command of Lockstep in a process of its own, with the permissions that its task has. */
export async function runCommand(
  args: readonly string[],
  { database, redis, archive, trials, folder = ROOT }: CommandOptions = {},
): Promise<Ran> {
  return await runProcess("deno", {
    args: [
      "run",
      ...permissions(args, database, [archive, trials]),
      `${ROOT}engine/cli/main.ts`,
      ...args,
    ],
    cwd: folder,
    env: environment({ database, redis, archive, trials }),
  });
}

/** A running command that can be stopped from outside. */
export interface RunningCommand {
  /** Has it send this signal to itself. */
  signal(name: "SIGINT" | "SIGTERM" | "SIGKILL"): Promise<void>;
  /** Its process's id. */
  pid: Promise<number>;
  /** What it has noted so far. */
  noted(): string;
  /** What came of it, once it has ended. */
  ended: Promise<Ran>;
}

/** Starts `live` in a process of its own. */
export function startLive(args: readonly string[], database: string): RunningCommand {
  return startCommand(["live", ...args], { database });
}

/** Starts a command in a process of its own, that can be stopped from outside. */
export function startCommand(
  args: readonly string[],
  { database, redis, archive, trials, folder = ROOT }: CommandOptions,
): RunningCommand {
  // Who sends signals may run whatever it likes.
  const permitted = permissions(args, database, [archive, trials]);
  const allowed = permitted.filter((flag) => !flag.startsWith("--allow-run"));
  const child = startProcess("deno", {
    args: ["run", ...allowed, "--allow-run", `${ROOT}tests/cli/mortal_command.ts`, ...args],
    cwd: folder,
    env: environment({ database, redis, archive, trials }),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });
  const stdin = child.stdin.getWriter(), pid = Promise.withResolvers<number>();
  pid.promise.catch(() => {}); // whoever asks for it is told
  let text = "";
  const told = async () => {
    for await (const part of child.stderr.pipeThrough(new TextDecoderStream())) {
      text += part;
      const [, id] = PROCESS.exec(text) ?? [];
      if (id !== undefined) pid.resolve(Number(id));
    }
    pid.reject(new Error(`It never told its id, but: ${text}`));
    return text.replace(PROCESS, "");
  };
  const ended = async (): Promise<Ran> => {
    const [out, err, { code }] = await Promise.all([
      new Response(child.stdout).text(),
      told(),
      child.status,
    ]);
    await stdin.close().catch(() => {});
    return { code, out, err };
  };
  return {
    signal: (name) => stdin.write(new TextEncoder().encode(name)),
    pid: pid.promise,
    noted: () => text.replace(PROCESS, ""),
    ended: ended(),
  };
}

/** The first line of `mortal_command.ts`. */
const PROCESS = /^process (\d+)\n/;

const TERMINAL = "NO_COLOR,FORCE_COLOR,CLICOLOR_FORCE,LOCKSTEP_ARCHIVE,LOCKSTEP_TRIALS";
const DATABASE =
  "HOME,DATABASE_URL,REDIS_URL,LOCKSTEP_HOME,LOCKSTEP_DASHBOARD_TOKEN,LOCKSTEP_DASHBOARD_NAMES,USERNAME,USER,LOGNAME,PG*,WS_NO_BUFFER_UTIL";

/** As the tasks of deno.json give them. */
function permissions(
  args: readonly string[],
  database?: string,
  writes: readonly (string | undefined)[] = [],
): string[] {
  const [command] = args, sharesWork = command === "worker" || args.includes("--distributed");
  const usesDatabase = [
    "live",
    "dashboard",
    "fetch",
    "export",
    "list-bots",
    "bot",
    "show-trades",
    "verify",
    "db",
  ]
    .includes(command);
  const lock = sharesWork
    ? "queue.lock"
    : usesDatabase
    ? "live.lock"
    : command === "report"
    ? "report.lock"
    : "files.lock";
  const all = ["--quiet", "--no-prompt", `--lock=${ROOT}${lock}`, "--frozen", "--allow-read"];
  const folders = writes.filter((folder) => folder !== undefined);
  const write = folders.length > 0 ? [`--allow-write=${folders}`] : [];
  if (!usesDatabase && !sharesWork) return [...all, `--allow-env=${TERMINAL}`, ...write];
  const home = lockstepHome();
  const programs = ["initdb", "pg_ctl"].map((name) => `${homeAt(home).binaries}/bin/${name}`);
  return [
    ...all,
    `--allow-env=${TERMINAL},${DATABASE}`,
    `--allow-sys=uid${sharesWork ? ",hostname" : ""}`,
    `--allow-net=${hostOf(database)}`,
    `--allow-write=${home}`,
    ...write,
    `--allow-run=${programs}`,
  ];
}

function environment({ database, redis, archive, trials }: CommandOptions): Record<string, string> {
  return {
    NO_COLOR: "1",
    ...(database && { DATABASE_URL: database }),
    ...(redis && { REDIS_URL: redis }),
    ...(archive && { LOCKSTEP_ARCHIVE: archive }),
    ...(trials && { LOCKSTEP_TRIALS: trials }),
  };
}

/** Where a database is; on this machine if there is none, or if its address is none. */
function hostOf(database: string | undefined): string {
  return database && URL.canParse(database) ? new URL(database).hostname : "127.0.0.1";
}
