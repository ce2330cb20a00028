import assert from "node:assert/strict";
import { liveLock, type Lock } from "./live_lock.ts";
import { fullLock, neededLiveLock } from "./locks.ts";
import { textOf } from "./project_files.ts";

const live: Lock = JSON.parse(textOf("live.lock"));

Deno.test("every package of live.lock is in deno.lock, the same to the bit", () => {
  const full = fullLock();
  assert.ok(Object.keys(live.npm).length > 0);
  for (const [name, { integrity }] of Object.entries(live.npm)) {
    assert.match(integrity, /^sha512-/);
    assert.equal(integrity, full.npm[name]?.integrity, `${name}: deno task locks mends it`);
  }
});

Deno.test("live.lock holds what the commands import and nothing else", async () => {
  assert.deepEqual(live, await neededLiveLock(), "deno task locks mends it");
  const heavy = Object.keys(live.npm).filter((name) => /danfo|tensorflow|fast-check/.test(name));
  assert.deepEqual(heavy, []);
});

Deno.test("danfo's reader of Excel files, which has open advisories, is left out", () => {
  const { npm } = fullLock(),
    [danfo] = Object.keys(npm).filter((key) => key.startsWith("danfojs@"));
  assert.ok(npm[danfo].dependencies?.includes("xlsx@npm:empty-npm-package@1.0.0"));
  assert.deepEqual(Object.keys(npm).filter((key) => key.startsWith("xlsx@")), []);
});

Deno.test("the smaller lock file follows imports and dependencies, but not types", () => {
  const full: Lock = {
    version: "5",
    specifiers: {
      "npm:a@1": "1.0.0",
      "npm:t@1": "1.0.0",
      "npm:@s/b@2": "2.0.1",
      "npm:c@1": "1.2.0",
    },
    npm: {
      "@s/b@2.0.1": { integrity: "b" },
      "a@1.0.0": { integrity: "a", dependencies: ["d@2.0.0"], optionalDependencies: ["e"] },
      "c@1.2.0": { integrity: "c" },
      "d@1.0.0": { integrity: "d1" },
      "d@2.0.0": { integrity: "d2", dependencies: ["a"] },
      "e@1.0.0": { integrity: "e" },
      "t@1.0.0": { integrity: "t" },
    },
    workspace: { dependencies: [] },
  };
  const code = (specifier: string) => ({ code: { specifier } });
  const made = liveLock(full, {
    roots: ["file:///main.ts"],
    modules: [
      { specifier: "file:///main.ts", dependencies: [code("npm:a@1"), code("file:///x.ts")] },
      { specifier: "file:///x.ts", dependencies: [code("npm:@s/b@2"), code("node:fs"), {}] },
      { specifier: "file:///types_only.ts", dependencies: [code("npm:c@1")] },
    ],
  });
  assert.deepEqual(Object.keys(made.npm), ["@s/b@2.0.1", "a@1.0.0", "d@2.0.0", "e@1.0.0"]);
  assert.deepEqual(made.specifiers, { "npm:@s/b@2": "2.0.1", "npm:a@1": "1.0.0" });
  assert.deepEqual(made.npm["a@1.0.0"], full.npm["a@1.0.0"]);
});
