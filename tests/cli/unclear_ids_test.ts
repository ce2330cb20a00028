import assert from "node:assert/strict";
import { bindToTape } from "../../engine/cli/replay.ts";
import { loadConfig } from "../../engine/strategy/load.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { runCommand } from "./command.ts";

Deno.test("of a tape that lacks much it is said that its ids do not tell, and not of a whole one", () =>
  inTempFolder(async (folder) => {
    const trades = Array.from(
      { length: 140 },
      (_, i) => `${i + 1},${1_717_977_600_000 + 2_000 * i},5,1,buy\n`,
    );
    const write = (name: string, rows: readonly string[]) => {
      Deno.writeTextFileSync(
        `${folder}/${name}.csv`,
        "id,timestamp,price,amount,side\n" + rows.join(""),
      );
      return `${folder}/${name}.csv`;
    };
    const told =
      "The ids do not tell whether trades of tape TAPE are missing: 100 of 119 follow the one before";
    // Every seventh is not there: of the 119 behind the first, 19 come behind one that is not.
    const lacking = write("lacking", trades.filter((_, i) => i % 7 !== 6)),
      whole = write("whole", trades);
    const file = "strategies/sma_cross_1m.json",
      { config } = loadConfig(Deno.readTextFileSync(file), file);
    for (const [path, notes] of [[lacking, [told]], [whole, []]] as const) {
      const args = [path, "--timeframe", "1m", "--out", `${folder}/candles.csv`];
      const { code, out, err } = await runCommand(["trades-to-ohlcv", ...args], {
        archive: folder,
      });
      assert.equal(code, 0, err);
      assert.deepEqual(out.trimEnd().split("\n").slice(1), notes);
      const binding = await bindToTape([config, config], { path, leaveOut: assert.fail });
      assert.deepEqual(binding.notes, notes);
    }
  }));
