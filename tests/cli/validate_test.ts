import assert from "node:assert/strict";
import { inTempFolder } from "../support/temp_folder.ts";
import { runCommand } from "./command.ts";

const CONFIG = "strategies/sma_cross_1m.json";

Deno.test("validate says what each good config is, and marks an edited one", () =>
  inTempFolder(async (folder) => {
    const config = JSON.parse(Deno.readTextFileSync(CONFIG));
    config.strategy.parameters.fast.default = 20;
    Deno.writeTextFileSync(`${folder}/edited.json`, JSON.stringify(config));
    const { code, out, err } = await runCommand(["validate", CONFIG, `${folder}/edited.json`]);
    assert.deepEqual([code, err], [0, ""]);
    // Of the one that nobody touched, 15 and 60 are what was promoted.
    const told = "sma_cross_1m, sma_cross on synthetic BTC/USDT 1m";
    assert.equal(
      out,
      `${CONFIG}: ${told}\n${folder}/edited.json: ${told}\n` +
        `${folder}/edited.json: edited since it was promoted: market, strategy, account or risk ` +
        "are not what its receipt was made for\n" +
        `${folder}/edited.json: strategy.params is what counts, not the parameters' defaults: ` +
        "fast is 15 (default 20), slow is 60 (default 30)\n",
    );
    // Who trades it is told once that it was edited, and not each time what an edit may have meant.
    const tape = ["--replay", `${folder}/none.csv`];
    const live = await runCommand(["live", `${folder}/edited.json`, ...tape]);
    assert.match(live.err, /edited since it was promoted.*\n.*none\.csv/);
    assert.doesNotMatch(live.err, /defaults/);
  }));

Deno.test("validate checks every config, and fails if one is refused", () =>
  inTempFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/bad.json`, "[]");
    const { code, out, err } = await runCommand(["validate", `${folder}/bad.json`, CONFIG]);
    assert.equal(code, 1);
    assert.match(out, /^strategies\/sma_cross_1m\.json: sma_cross_1m/);
    assert.match(err, /bad\.json: .*\n1 of 2 configs refused\n$/);
  }));
