import assert from "node:assert/strict";
import { inTempFolder } from "../support/temp_folder.ts";
import { COMMANDS } from "../../engine/cli/commands.ts";
import { lightLock, type Lock } from "./light_lock.ts";
import { commandsOf, fullLock, LIGHT_LOCKS, madeLock } from "./locks.ts";
import { packagesOf } from "./packages_of.ts";
import { ROOT, textOf } from "./project_files.ts";
import { runProcess } from "../support/limited_process.ts";

const lockAt = (name: string): Lock => JSON.parse(textOf(name));

/** What the lighter lock files are for not to have: the heaviest that the project uses. */
const TOO_MUCH: Readonly<Record<string, RegExp>> = {
  "files.lock":
    /danfo|tensorflow|plotly|echarts|resvg|zeromq|ccxt|postgres|redis|bullmq|fast-check/,
  "live.lock": /danfo|tensorflow|plotly|echarts|resvg|zeromq|bullmq|fast-check/,
  "queue.lock": /danfo|tensorflow|plotly|echarts|resvg|zeromq|ccxt|hono|fast-check/,
  "report.lock": /danfo|tensorflow|plotly|resvg|zeromq|ccxt|postgres|redis|bullmq|fast-check/,
};

for (const name of LIGHT_LOCKS) {
  const mend = `${name}: deno task locks mends it`;

  Deno.test(`every package of ${name} is in deno.lock, the same to the bit`, () => {
    const full = fullLock(), { npm } = lockAt(name);
    assert.ok(Object.keys(npm).length > 0);
    for (const [key, { integrity }] of Object.entries(npm)) {
      assert.match(integrity, /^sha512-/);
      assert.equal(integrity, full.npm[key]?.integrity, mend);
    }
  });

  Deno.test(`${name} holds what its commands load and nothing else`, () => {
    assert.deepEqual(lockAt(name), madeLock(name), mend);
    assert.deepEqual(Object.keys(lockAt(name).npm).filter((key) => TOO_MUCH[name].test(key)), []);
  });

  Deno.test(`${name} is enough for its commands`, async () => {
    const names = commandsOf(name);
    assert.ok(names.length > (/report|queue/.test(name) ? 0 : 2));
    for (const command of names) {
      const { out, err } = await runWith(name, command, "--help");
      assert.match(out, new RegExp(`^Usage: ${command} `), err);
    }
  });
}

Deno.test("a lock file that lacks what a command loads stops it", () =>
  inTempFolder(async (folder) => {
    // One that has nothing: of packages that others load, a fresh machine knows too little to say more.
    const lock = `${folder}/none.lock`;
    await Deno.writeTextFile(lock, JSON.stringify({ version: fullLock().version }));
    const { code, err } = await runWith(lock, "account", "--help");
    assert.notEqual(code, 0);
    assert.match(err, /lockfile is out of date/);
  }));

Deno.test("each command runs with a lock file", () => {
  const locked = new Set([...LIGHT_LOCKS, "deno.lock"].flatMap(commandsOf));
  assert.deepEqual([...locked].sort(), Object.keys(COMMANDS).sort());
});

/** Runs a command with a lock file and nothing but what is in Deno's cache. */
async function runWith(lock: string, ...args: string[]) {
  return await runProcess("deno", {
    args: [
      ..."run -q --no-prompt --cached-only --frozen --allow-read --allow-env".split(" "),
      `--lock=${lock}`,
      "engine/cli/main.ts",
      ...args,
    ],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  });
}

Deno.test("the packages of a module are those that it runs with, loaded later ones too", () => {
  const of = (...paths: string[]) => packagesOf(paths, {});
  const names = (specifiers: string[]) =>
    specifiers.map((one) => one.replace(/^npm:|@[^@]*$/g, ""));
  // Its types are of ioredis too; postgres_bus.ts is only loaded beside it.
  assert.deepEqual(names(of("engine/bus/redis_error.ts")), []);
  assert.deepEqual(names(of("engine/bus/redis_connection.ts")), ["ioredis"]);
  assert.deepEqual(names(of("engine/cli/bus.ts")), ["ioredis", "postgres"]);
  // A type and a name in a variable: nothing that runs, unless it is said what that is.
  const frame = "engine/market/frame.ts", later = { [frame]: ["engine/market/danfo.ts"] };
  assert.ok(!names(of(frame)).includes("danfojs"));
  assert.deepEqual(names(packagesOf([frame], later)), [...names(of(frame)), "danfojs"].sort());
});

Deno.test("worker, and a sweep that is shared out, load bullmq, and no other command does", () => {
  const loadsIt = (file: string) =>
    packagesOf([`engine/cli/${file}`], {}).some((name) => name.startsWith("npm:bullmq@"));
  const names = Object.entries(COMMANDS).filter(([, [file]]) => loadsIt(file.slice(2)));
  assert.deepEqual(names.map(([name]) => name), ["worker"]);
  assert.ok(loadsIt("distributed_sweep.ts"));
});

Deno.test("danfo's reader of Excel files, which has open advisories, is left out", () => {
  const { npm } = fullLock();
  const danfo = Object.keys(npm).find((key) => key.startsWith("danfojs@")) ?? "";
  assert.ok(npm[danfo].dependencies?.includes("xlsx@npm:empty-npm-package@1.0.0"));
  assert.deepEqual(Object.keys(npm).filter((key) => key.startsWith("xlsx@")), []);
});

Deno.test("the smaller lock file has what is asked for and what that depends on", () => {
  const full: Lock = {
    version: "5",
    specifiers: { "npm:a@1": "1.0.0", "npm:big@1": "1.0.0", "npm:@s/b@2": "2.0.1" },
    npm: {
      "@s/b@2.0.1": { integrity: "b" },
      "a@1.0.0": { integrity: "a", dependencies: ["d@2.0.0"], optionalDependencies: ["e"] },
      "big@1.0.0": { integrity: "big", dependencies: ["d@1.0.0"] },
      "d@1.0.0": { integrity: "d1" },
      "d@2.0.0": { integrity: "d2", dependencies: ["a"] },
      "e@1.0.0": { integrity: "e" },
    },
    workspace: { dependencies: ["npm:a@1", "npm:@s/b@2", "npm:big@1"] },
  };
  const asked = ["npm:a@1", "npm:@s/b@2"], made = lightLock(full, asked);
  assert.deepEqual(Object.keys(made.npm), ["@s/b@2.0.1", "a@1.0.0", "d@2.0.0", "e@1.0.0"]);
  assert.deepEqual(made.specifiers, { "npm:@s/b@2": "2.0.1", "npm:a@1": "1.0.0" });
  assert.deepEqual(made.npm["a@1.0.0"], full.npm["a@1.0.0"]);
  full.npm["e@2.0.0"] = { integrity: "e2" };
  assert.throws(() => lightLock(full, asked), /Cannot tell which e/);
});
