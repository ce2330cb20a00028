import assert from "node:assert/strict";
import { eventually, inTime } from "./eventually.ts";
import { runProcess, startProcess } from "./limited_process.ts";
import { inTempFolder } from "./temp_folder.ts";

/** Says something, and never ends. */
const ENDLESS = ["eval", "--no-lock", `console.log("begun"); setInterval(() => {}, 1e3);`];

Deno.test("a process that does not end is killed, and what it was and said is told", async () => {
  await assert.rejects(
    runProcess("deno", { args: ENDLESS, limit: 3_000 }),
    /It had not ended after 3 s and was killed: deno eval .*\nIt said (last: begun|nothing)/,
  );
  const child = startProcess("deno", { args: ENDLESS, stdout: "piped", limit: 3_000 });
  await assert.rejects(new Response(child.stdout).text(), /was killed/);
  await assert.rejects(child.status, /was killed/);
});

Deno.test("a process that ends in time comes to what it is", async () => {
  const program = `
    const text = await new Response(Deno.stdin.readable).text();
    console.log(text.toUpperCase());
    console.error("and more");
    Deno.exit(3);`;
  const { code, out, err } = await runProcess("deno", {
    args: ["eval", "--no-lock", program],
    input: "said",
  });
  assert.deepEqual([code, out, err], [3, "SAID\n", "and more\n"]);
});

Deno.test("what never comes is named", async () => {
  await assert.rejects(eventually("a day", () => false, 20), /It never came about: a day/);
  const hanging = () => new Promise<boolean>(() => {});
  await assert.rejects(eventually("a word", hanging, 20), /It never came about: a word/);
  await assert.rejects(inTime("an answer", hanging(), 20), /It never came about: an answer/);
  assert.equal(await inTime("an answer", Promise.resolve(7)), 7);
});

Deno.test("each test has a limit, whatever it waits for", () =>
  inTempFolder(async (folder) => {
    const text = `
      Deno.test("waits", () => new Promise(() => { setInterval(() => {}, 1e3); }));
      Deno.test({ name: "turns", fn: () => { for (;;); } });
      Deno.test("passes", { ignore: false }, () => {});
      Deno.test(function named() {});
      Deno.test("in steps", async (t) => void await t.step("one", () => {}));`;
    await Deno.writeTextFile(`${folder}/made_test.ts`, text);
    const preload = new URL("limit_tests.ts", import.meta.url).pathname;
    const args = ["test", "--no-lock", "--no-check", `--preload=${preload}`, "--allow-env"];
    const { code, out } = await runProcess("deno", {
      args: [...args, `${folder}/made_test.ts`],
      env: { NO_COLOR: "1", LOCKSTEP_TEST_LIMIT: "2000" },
    });
    assert.equal(code, 1);
    assert.match(out, /waits \.\.\. FAILED[^]*turns \.\.\. FAILED[^]*passes \.\.\. ok/);
    assert.match(out, /named \.\.\. ok[^]*Test timed out after 2000ms/);
    assert.match(out, /3 passed \(1 step\) \| 2 failed/);
  }));
