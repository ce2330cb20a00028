import assert from "node:assert/strict";
import { filesIn, textOf } from "./project_files.ts";

/** Who may start processes without a limit, and why. */
const MAY_START: Readonly<Record<string, string>> = {
  "tests/support/limited_process.ts": "it is what gives them limits",
  "tests/support/small_disk.ts": "looks, while tests are registered, whether it may mount",
  "tests/house/packages_of.ts": "reads what deno info says of files that are here",
};

Deno.test("no test starts a process that could hold it up for ever", () => {
  const starts = filesIn("tests").filter((path) => path.endsWith(".ts"))
    .filter((path) => /new Deno\.Command\(|child_process/.test(textOf(path)));
  const allowed = [...Object.keys(MAY_START), "tests/house/processes_test.ts"];
  assert.deepEqual(starts.filter((path) => !allowed.includes(path)), []);
});

Deno.test("the task that runs the tests gives each a limit", () => {
  assert.match(textOf("deno.json"), /deno test [^"]*--preload=\.\/tests\/support\/limit_tests\.ts/);
});
