import { parseArgs } from "node:util";
import { print } from "../../engine/cli/output.ts";
import { progress } from "../../engine/cli/progress.ts";
import { calibrate } from "./calibrate.ts";
import { type CalibrationRow } from "./calibration_row.ts";
import { calibrationText } from "./calibration_text.ts";
import { FAMILIES } from "./family.ts";

/**
 * `calibrate`: how often a search of noise is told to have found something, and how often one of a
 * market in which something is planted. Prints the tables of docs/overfitting.md; `--family 0` or `1`
 * is one of them.
 */
const { values } = parseArgs({
  args: Deno.args,
  options: {
    noise: { type: "string", default: "200" },
    planted: { type: "string", default: "100" },
    family: { type: "string" },
  },
});
const chosen = values.family === undefined ? FAMILIES : [FAMILIES[Number(values.family)]];

for (const family of chosen) {
  const bar = progress(), rows: CalibrationRow[] = [];
  const options = {
    noise: Number(values.noise),
    planted: Number(values.planted),
    sharpes: [4, 3, 2, 1],
    progress: (done: number, all: number) => bar.show(done / all, `${done} of ${all} searches`),
  };
  print(`\n**${family.name}**\n`);
  for await (const row of calibrate(family, options)) {
    rows.push(row);
    if (Deno.stdout.isTerminal()) continue;
    print(calibrationText([row]).split("\n").at(-1)!);
  }
  bar.end();
  rows.sort((a, b) => a.sharpe - b.sharpe);
  print(calibrationText(rows));
}
