import assert from "node:assert/strict";
import { withDatabase } from "../support/database.ts";
import { runProcess } from "../support/limited_process.ts";

const SCRIPT = new URL("cut_connection.ts", import.meta.url).pathname;

/** Runs the script; `guard` is whether it guards itself. */
async function cutConnection(url: string, guard: boolean) {
  const allowed = ["--allow-read", "--allow-env", `--allow-net=${new URL(url).hostname}`];
  const { code, out, err } = await runProcess("deno", {
    args: ["run", "--no-prompt", "--quiet", ...allowed, SCRIPT, url, ...(guard ? ["guard"] : [])],
    env: { NO_COLOR: "1" },
  });
  return { code, out, err };
}

Deno.test("a connection that is cut while the driver writes does not end the process", () =>
  withDatabase(async (url) => {
    const guarded = await cutConnection(url, true);
    assert.deepEqual(guarded, {
      code: 0,
      out: "alive\n",
      err: "A connection to the database was cut\n",
    });
    // Without the guard it does: once this is green, the driver is mended and the guard can go.
    const { code, err } = await cutConnection(url, false);
    assert.equal(code, 1);
    assert.match(err, /Uncaught.*TypeError: Cannot read properties of null \(reading 'write'\)/);
  }));
