import assert from "node:assert/strict";
import { defaultHome, SERVER_VERSION } from "../../engine/storage/embedded/home.ts";
import { ROOT } from "./project_files.ts";
import { tasks } from "./tasks.ts";
import { runProcess } from "../support/limited_process.ts";

/** Tasks that are no command of Lockstep. */
const FOR_WORK = [
  "test",
  "bench",
  "bench:peers",
  "calibrate",
  "faults",
  "agreement",
  "speed",
  "ok",
  "check",
  "locks",
  "with-files",
  "with-database",
  "with-exchanges",
  "with-queue",
  "with-place",
  "run-bench",
  "run-faults",
  "run-tests",
  "run-with-database",
  "run-with-queue",
];

Deno.test("every command has its task, and every task its command", async () => {
  const { err } = await runProcess("deno", {
    args: ["run", "-q", "--no-prompt", "--cached-only", "engine/cli/main.ts"],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  });
  const [, list] = /There are: (.*)\. Each/.exec(err) ?? [];
  const names = Object.keys(tasks()).filter((name) => !FOR_WORK.includes(name));
  assert.deepEqual(names.sort(), list.split(", ").sort());
  for (const name of names) {
    const how = ["notebook", "notebooks", "report"].includes(name)
      ? `engine/cli/main.ts ${name}$`
      : name === "sweep" // a flag of it decides
      ? "with=with-files; .*with=with-queue; .* \\$with sweep .*sweep$"
      : `with-(files|database|exchanges|queue) ${name}$`;
    assert.match(tasks()[name], new RegExp(how));
  }
});

/** Permissions without a limit, and why they have none. */
const UNLIMITED: Readonly<Record<string, string[]>> = {
  "trades-to-ohlcv": ["write"], // the file that the user names
  "export": ["write"], // likewise
  "sweep": ["write"], // likewise
  "report": ["read", "write"], // files that the user names
  // The notebooks that the user names; what is in them runs in a kernel, which may do anything anyhow.
  "notebooks": ["ffi", "read", "write"],
  "notebook": ["read"],
  "with-files": ["read"], // files that the user names
  "run-with-database": ["read"], // the same, and Deno's cache
  "run-with-queue": ["read"], // likewise
  // With DATABASE_URL or REDIS_URL the net, for they may be anywhere.
  "with-place": ["net"],
  "run-bench": ["env", "read"],
  "run-faults": ["env", "read"],
  "run-tests": ["env", "ffi", "read"], // ffi: what draws pictures, and speaks to kernels
  "locks": ["read"],
  "agreement": ["read"],
  "speed": ["read"],
};

Deno.test("tasks have no more permissions than they need", () => {
  for (const [name, command] of Object.entries(tasks())) {
    assert.doesNotMatch(command, /\s-[A-Za-z]*A\b/, name);
    const unlimited = [...command.matchAll(/--allow-([a-z]+)(?![a-z=])/g)].map(([, what]) => what);
    assert.deepEqual(unlimited.sort(), UNLIMITED[name] ?? [], name);
  }
});

Deno.test("what tasks run is locked, and fails rather than asks for permissions", () => {
  const runs = Object.entries(tasks()).filter(([name]) => name !== "locks")
    .flatMap(([, command]) => command.match(/\bdeno (run|test|bench) [^;&]*/g) ?? []);
  assert.equal(runs.length, 13);
  for (const run of runs) {
    assert.match(run, /--no-prompt --lock=(deno|live|files|queue|report)\.lock --frozen/);
  }
});

Deno.test("the tasks know where the database server is", () => {
  const place = tasks()["with-place"];
  assert.match(place, new RegExp(`=${defaultHome({ uid: 0, home: "" })};`));
  assert.ok(place.includes(`=${defaultHome({ uid: 1, home: "$HOME" })};`));
  for (
    const name of ["run-tests", "run-faults", "run-bench", "run-with-database", "run-with-queue"]
  ) {
    for (const program of ["initdb", "pg_ctl"]) {
      assert.ok(
        tasks()[name].includes(`$LOCKSTEP_PLACE/postgres-${SERVER_VERSION}/bin/${program}`),
        name,
      );
    }
  }
});

/** Where ccxt sends what is asked of each exchange: for markets, trades and candles, in that order. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  okx: ["rest", "ws"],
  binance: ["public", "fapiPublic", "dapiPublic", "ws.spot", "ws.future", "ws.delivery"],
  coinbase: ["rest", "ws"],
  kraken: ["public", "ws.public", "ws.publicV2"],
};

interface CcxtVenue {
  hostname?: string;
  urls: { api: Record<string, unknown> };
}

Deno.test("those that reach exchanges reach these four, where ccxt has them, and no other task does", async () => {
  const name = "../../engine/exchanges/ccxt.ts";
  const { pro }: { pro: Record<string, new () => CcxtVenue> } = await import(name);
  const wanted = Object.entries(ASKED).flatMap(([id, keys]) => {
    const { hostname = "", urls } = new pro[id]();
    return keys.map((key) => hostOf(at(urls.api, key).replace("{hostname}", hostname)));
  });
  const [, hosts] = /LOCKSTEP_HOSTS=,(\S+);/.exec(tasks()["with-exchanges"]) ?? [];
  assert.deepEqual(hosts.split(",").sort(), [...new Set(wanted)].sort());
  const others = Object.entries(tasks()).filter(([, command]) =>
    /with-exchanges|HOSTS=/.test(command)
  );
  const allowed = ["fetch", "live", "with-exchanges"];
  assert.deepEqual(others.map(([name]) => name).filter((name) => !allowed.includes(name)), []);
  const here = /--allow-net=(?!127\.0\.0\.1(\$LOCKSTEP_HOSTS)?(;| |$))/;
  for (const [name, command] of Object.entries(tasks())) assert.doesNotMatch(command, here, name);
});

/** What a path of keys leads to. */
function at(tree: unknown, path: string): string {
  const keys = path.split(".");
  return keys.reduce((node, key) => (node as Record<string, unknown>)[key], tree) as string;
}

/** The host, with the port where that is not the usual one. */
function hostOf(address: string): string {
  return new URL(address).host;
}

Deno.test("tasks reach this machine, and any where they are told that a server is elsewhere", async () => {
  assert.equal(await netOf({}), "--allow-net=127.0.0.1");
  assert.equal(await netOf({ LOCKSTEP_HOSTS: ",a.b:1" }), "--allow-net=127.0.0.1,a.b:1");
  const elsewhere: Record<string, string>[] = [
    { DATABASE_URL: "postgres://a.b/c" },
    { REDIS_URL: "redis://a.b" },
    { LOCKSTEP_NET: "--allow-net" },
  ];
  for (const env of elsewhere) {
    assert.equal(await netOf({ ...env, LOCKSTEP_HOSTS: ",a.b:1" }), "--allow-net");
  }
});

/** The permission for the net that `with-place` comes to, in an environment. */
async function netOf(env: Record<string, string>): Promise<string> {
  const none = { DATABASE_URL: "", REDIS_URL: "", LOCKSTEP_NET: "", LOCKSTEP_HOSTS: "" };
  const told = tasks()["with-place"].replace(/deno task -q$/, "echo $LOCKSTEP_MAY_REACH");
  const { out } = await runProcess("deno", {
    args: ["task", "-q", "--eval", told],
    cwd: ROOT,
    env: { ...none, ...env, NO_COLOR: "1" },
  });
  return out.trim();
}
