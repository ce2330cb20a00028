import { inTempFolder } from "../../support/temp_folder.ts";
import { scaleBots } from "./scale_bots.ts";
import { scaleTape } from "./scale_tape.ts";
import type { ScaleMeasured } from "./scale_watch.ts";
import { runProcess } from "../../support/limited_process.ts";

/** So many markets, or as many as there are bots. */
const MARKETS = 50;

/** Seconds of the tape: until all bots are there and have caught up, and of what is measured. */
const STARTING = 40, MEASURED = 40;

/** It never takes so long, in milliseconds. */
const LONGEST = 900_000;

const ROOT = new URL("../../../", import.meta.url).pathname;
const PROGRAM = new URL("scale_process.ts", import.meta.url).pathname;

/** What came of so many bots on one process. */
export interface ScaleRun extends ScaleMeasured {
  wanted: number;
}

/** Has one process trade so many bots on a tape at its own pace, a candle a second each. */
export async function scaleRun(bots: number, server: string): Promise<ScaleRun> {
  return await inTempFolder(async (folder) => {
    const tape = scaleTape(Math.min(MARKETS, bots), STARTING + MEASURED + 3);
    await Deno.writeTextFile(`${folder}/tape.csv`, tape.text);
    const configs = await scaleBots(tape.symbols, bots), found = `${folder}/found.json`;
    const paths = configs.map(({ name }) => `${folder}/${name}.json`);
    await Promise.all(
      configs.map((config, i) => Deno.writeTextFile(paths[i], JSON.stringify(config))),
    );
    const flags = ["--replay", `${folder}/tape.csv`, "--speed", "1", "--exit"];
    const args = [`${STARTING}`, `${STARTING + MEASURED}`, found, ...paths, ...flags];
    const allowed = "read env write net run sys".split(" ").map((name) => `--allow-${name}`);
    const { code, err } = await runProcess("deno", {
      args: [
        "run",
        "--quiet",
        "--no-prompt",
        "--lock=deno.lock",
        "--frozen",
        ...allowed,
        PROGRAM,
        ...args,
      ],
      cwd: ROOT,
      env: { NO_COLOR: "1", DATABASE_URL: server },
      limit: LONGEST,
    });
    if (code !== 0) throw new Error(`It ended with ${code}: ${err}`);
    return { wanted: bots, ...JSON.parse(await Deno.readTextFile(found)) };
  });
}
