import assert from "node:assert/strict";
import { readSeries } from "../../../engine/storage/archive/read_series.ts";
import { inTempFolder } from "../../support/temp_folder.ts";
import { archiveFiles } from "./archive_files.ts";
import { madeCandle } from "./made_history.ts";

const FROM = Date.UTC(2024, 0, 10), TO = Date.UTC(2024, 2, 20), MINUTE = 60_000;

/** Starts a fetch; kills it so many milliseconds after its first page, if any are given. Returns whether it was done. */
async function fetchFor(root: string, milliseconds?: number): Promise<boolean> {
  const child = new Deno.Command("deno", {
    args: [
      ..."run -q --no-prompt --cached-only --allow-read --allow-run".split(" "),
      `--allow-write=${root}`,
      new URL("mortal_fetch.ts", import.meta.url).pathname,
      root,
      `${FROM}`,
      `${TO}`,
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const begun = child.stdout.getReader(), stdin = child.stdin.getWriter();
  await begun.read();
  if (milliseconds !== undefined) {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await stdin.write(new Uint8Array(1)).catch(() => {});
  }
  const { code } = await child.status;
  await stdin.close().catch(() => {});
  await begun.cancel();
  return code === 0;
}

/** Moments in no order, the same on every run. */
const MOMENTS = Array.from({ length: 10 }, (_, i) => 15 + i * 67 % 11 * 17);

Deno.test("a fetch that is killed ten times ends in the files of one that is not", () =>
  inTempFolder(async (folder) => {
    const killed = `${folder}/killed`, whole = `${folder}/whole`;
    for (const moment of MOMENTS) {
      assert.equal(await fetchFor(killed, moment), false, `killed after ${moment} ms`);
    }
    assert.equal(await fetchFor(killed), true);
    assert.equal(await fetchFor(whole), true);
    assert.deepEqual([...archiveFiles(whole).keys()], [
      "/.lock",
      ...[1, 2, 3].map((month) => `/okx/BTC_USDT/1m/2024-0${month}.parquet`),
    ]);
    assert.deepEqual(archiveFiles(killed), archiveFiles(whole));
    const { candles, spans } = await readSeries(whole, {
      exchange: "okx",
      symbol: "BTC/USDT",
      timeframe: "1m",
    });
    assert.deepEqual(spans, [{ from: FROM, to: TO, source: "fetched" }]);
    const expected = [];
    for (let open = FROM; open < TO; open += MINUTE) {
      if (open / MINUTE % 97 !== 5) expected.push(madeCandle(open + MINUTE));
    }
    assert.deepEqual(candles.rows(), expected);
  }));
