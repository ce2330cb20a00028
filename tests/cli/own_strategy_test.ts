/** Strategies of one's own, in files that commands load. */
import assert from "node:assert/strict";
import { inTempFolder } from "../support/temp_folder.ts";
import { runCommand } from "./command.ts";

const ENGINE = new URL("../../engine/", import.meta.url).href;
const CANDLES = ["--candles", "data/sample_candles_1h.csv.gz"];

/** The strategy of `strategies/sma_cross.ts` with all that it imports from `engine/mod.ts`. */
const THROUGH_MOD = Deno.readTextFileSync("strategies/sma_cross.ts")
  .replaceAll(/"\.\.\/engine\/[^"]+"/g, `"${ENGINE}mod.ts"`);

/** Runs a command with a strategy that is such a program. */
const withStrategy = (program: string, [command, ...flags]: readonly string[]) =>
  inTempFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/own.ts`, program);
    const ran = await runCommand([command, `${folder}/own.ts`, ...flags], { trials: folder });
    return { ...ran, err: ran.err.replaceAll(`${folder}/`, "") };
  });

Deno.test("a command takes a strategy that imports what notebooks import", async () => {
  const sets = ["--params", '{"fast":"5..6"}'], days = ["--train", "120", "--test", "30"];
  for (
    const asked of [
      ["backtest", ...CANDLES],
      ["stress", ...CANDLES],
      ["sweep", ...CANDLES, ...sets],
      ["walk-forward", ...CANDLES, ...sets, ...days],
    ]
  ) {
    const { code, out, err } = await withStrategy(THROUGH_MOD, asked);
    assert.equal(code, 0, err);
    const given = Deno.readTextFileSync("strategies/sma_cross.ts").replaceAll("../engine/", ENGINE);
    assert.equal(out, (await withStrategy(given, asked)).out, asked[0]);
  }
});

Deno.test("a package that commands do not load is named, and what may be imported", async () => {
  // One that is there, so that nobody is asked for it.
  const program = `import "postgres";\n${THROUGH_MOD}`;
  const { code, err } = await withStrategy(program, ["backtest", ...CANDLES]);
  assert.deepEqual([code, err], [
    1,
    "Cannot load own.ts: it, or what it imports, wants a package that this command does not have: " +
    "postgres. A strategy of the commands may import engine/mod.ts and what is beside it, and only " +
    "such packages as the command itself uses\n",
  ]);
});
