import assert from "node:assert/strict";
import { liveLock, type Lock } from "./live_lock.ts";
import { fullLock } from "./locks.ts";
import { ROOT, textOf } from "./project_files.ts";

const live: Lock = JSON.parse(textOf("live.lock"));

Deno.test("every package of live.lock is in deno.lock, the same to the bit", () => {
  const full = fullLock();
  assert.ok(Object.keys(live.npm).length > 0);
  for (const [name, { integrity }] of Object.entries(live.npm)) {
    assert.match(integrity, /^sha512-/);
    assert.equal(integrity, full.npm[name]?.integrity, `${name}: deno task locks mends it`);
  }
});

Deno.test("live.lock holds what the import map names and nothing else, and no TensorFlow", () => {
  assert.deepEqual(live, liveLock(fullLock()), "deno task locks mends it");
  assert.deepEqual(Object.keys(live.npm).filter((key) => /danfo|tensorflow|plotly/.test(key)), []);
});

Deno.test("live.lock is enough for the commands, whichever of their modules is loaded", async () => {
  const { code, stderr } = await new Deno.Command("deno", {
    args: [
      ..."run -q --no-prompt --cached-only --lock=live.lock --frozen".split(" "),
      "engine/cli/main.ts",
    ],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdout: "null",
  }).output();
  assert.match(new TextDecoder().decode(stderr), /^Which command\? There are: live, backtest/);
  assert.equal(code, 1);
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
    workspace: { dependencies: ["npm:a@1", "npm:@s/b@2"] },
  };
  const made = liveLock(full);
  assert.deepEqual(Object.keys(made.npm), ["@s/b@2.0.1", "a@1.0.0", "d@2.0.0", "e@1.0.0"]);
  assert.deepEqual(made.specifiers, { "npm:@s/b@2": "2.0.1", "npm:a@1": "1.0.0" });
  assert.deepEqual(made.npm["a@1.0.0"], full.npm["a@1.0.0"]);
  full.npm["e@2.0.0"] = { integrity: "e2" };
  assert.throws(() => liveLock(full), /Cannot tell which e/);
});
