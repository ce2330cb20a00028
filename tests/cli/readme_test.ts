import assert from "node:assert/strict";
import { runProcess } from "../support/limited_process.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { runCommand } from "./command.ts";

Deno.test("the README's backtest prints what the README shows", async () => {
  const readme = Deno.readTextFileSync("README.md");
  const [, command, shown] = /```sh\ndeno task (backtest [^\n]+)\n```\n\n```text\n([^`]+)```/.exec(
    readme,
  )!;
  const { code, out } = await runCommand(command.split(" "));
  assert.equal(code, 0);
  assert.equal(out, shown);
});

Deno.test("the README's search finds what the README shows, and says as much of luck", () =>
  inTempFolder(async (trials) => {
    const readme = Deno.readTextFileSync("README.md");
    const [, command, params, where, keep, shown] =
      /```sh\ndeno task (sweep [^\n]+) \\\n +--params '([^']+)' --where '([^']+)' (--keep 3)\n```\n\n```text\n([^`]+)```/
        .exec(readme)!;
    const given = ["--params", params, "--where", where, ...keep.split(" ")];
    const { code, out } = await runCommand([...command.split(" "), ...given], { trials });
    assert.equal(code, 0);
    assert.equal(out.slice(0, shown.length), shown);
  }));

Deno.test("the README's scripts may write the ledger of trials, so that their searches count", () =>
  inTempFolder(async (folder) => {
    const commands = Deno.readTextFileSync("README.md").match(/`deno run [^`]+ research\.ts`/g)!;
    assert.equal(commands.length, 1);
    const asks = `import { trialsFile } from "${new URL("../../", import.meta.url).href}${FILE}";
      const path = trialsFile().replace(/\\/[^/]+$/, "");
      console.log(Deno.permissions.querySync({ name: "write", path }).state);`;
    Deno.writeTextFileSync(`${folder}/research.ts`, asks);
    const [, ...flags] = commands[0].slice(1, -1).replace(/ research\.ts$/, "").split(" ");
    const args = [...flags, "--no-prompt", "--cached-only", ...HERE, `${folder}/research.ts`];
    const { out, err } = await runProcess("deno", { args, env: { LOCKSTEP_TRIALS: "" } });
    assert.equal(out, "granted\n", err);
  }));

/** What a script in the project's folder has of itself. */
const HERE = ["--config=deno.json", "--frozen"];

/** What knows where the ledger is. */
const FILE = "engine/storage/trials/file.ts";

Deno.test("validate passes over the schema, so that strategies/*.json can be checked", async () => {
  const schema = "strategies/config.schema.json", config = "strategies/sma_cross_1m.json";
  const { code, out } = await runCommand(["validate", schema, config]);
  assert.deepEqual([code, out.trim().split("\n").length], [0, 1]);
});

Deno.test("a backtest refuses a config over candles of another timeframe", async () => {
  const { code, err } = await runCommand([
    "backtest",
    "strategies/sma_cross_1m.json",
    "--candles",
    "data/sample_candles_1h.csv.gz",
  ]);
  assert.equal(code, 1);
  assert.equal(
    err,
    "sma_cross_1m trades 1m candles, but data/sample_candles_1h.csv.gz has 1h\n",
  );
});
