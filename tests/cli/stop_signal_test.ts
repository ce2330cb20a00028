/** What a process does that is told to stop, in one of its own. */
import assert from "node:assert/strict";
import { runProcess } from "../support/limited_process.ts";

const MODULE = new URL("../../engine/cli/stop_signal.ts", import.meta.url).href;

/** Runs code that may use `stopSignal`, and `kill`, which sends this process SIGTERM. */
async function run(code: string): Promise<{ code: number; err: string }> {
  const program = `
    import { stopSignal } from ${JSON.stringify(MODULE)};
    const kill = () => Deno.kill(Deno.pid, "SIGTERM");
    const never = () => new Promise((resolve) => setTimeout(resolve, 1e8));
    ${code}`;
  return await runProcess("deno", {
    args: ["eval", "--quiet", "--no-lock", program],
    env: { NO_COLOR: "1" },
  });
}

Deno.test("what takes too long when a process is stopped is not waited for", async () => {
  const { code, err } = await run(`stopSignal("all ends", 100); kill(); await never();`);
  assert.deepEqual([code, err], [
    1,
    "Stopping: all ends\nStopped before all was finished. What is lacking is made up for at the next start\n",
  ]);
});

Deno.test("what ends in time ends as it likes", async () => {
  const { code } = await run(`
    const stop = stopSignal("all ends", 1e6);
    stop.addEventListener("abort", () => Deno.exit(7));
    kill();
    await never();`);
  assert.equal(code, 7);
});

Deno.test("a second signal ends a process at once, but not the echo of the first", async () => {
  const { code, err } = await run(`
    const stop = stopSignal();
    stop.addEventListener("abort", () => {
      kill(); // as a terminal does, by way of a parent
      setTimeout(() => console.error("still there") ?? kill(), 1_000);
    });
    kill();
    await never();`);
  assert.deepEqual([code, err.split("\n")], [
    130,
    ["Stopping: the transactions under way are finished first", "still there", ""],
  ]);
});
