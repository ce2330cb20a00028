import assert from "node:assert/strict";
import { inTempFolder } from "../support/temp_folder.ts";
import { runCommand } from "./command.ts";

const CANDLES = "data/sample_candles_1h.csv.gz", CROSS = "strategies/sma_cross.ts";

Deno.test("report writes a page of a strategy, and of a result that it runs again", async () => {
  await inTempFolder(async (folder) => {
    const run = (...args: string[]) => runCommand(args, { archive: folder });
    const flags = ["--candles", CANDLES, "--params", '{"fast":50,"slow":200}', "--fee", "0.0005"];
    const dates = ["--from", "2022-06-01", "--start", "2022-08-01"], out = `${folder}/page.html`;
    const made = await run("report", CROSS, ...flags, ...dates, "--symbol", "A/B", "--out", out);
    assert.equal(made.code, 0, made.err);
    assert.match(made.out, /page\.html: 1 run, \d\.\d MB\n$/);
    assert.match(made.err, /^Note: 1 gap, 5 candles missing, from 2023-03-24 11:00\n$/);
    const saved = await run("backtest", CROSS, ...flags, ...dates, "--json");
    const path = `${folder}/result.json`, again = `${folder}/again.html`;
    await Deno.writeTextFile(path, saved.out);
    const { code, err } = await run("report", path, "--symbol", "A/B", "--out", again);
    assert.equal(code, 0, err);
    assert.ok(await Deno.readTextFile(again) === await Deno.readTextFile(out));
    const refused = async (change: [RegExp | string, string], ...more: string[]) => {
      await Deno.writeTextFile(path, saved.out.replace(...change));
      const { code, err } = await run("report", path, "--out", again, ...more);
      assert.equal(code, 1);
      return err;
    };
    assert.match(
      await refused([/"sharpe":[^,]*/, '"sharpe":9']),
      /cannot be run again: its sharpe was 9 and is/,
    );
    assert.match(
      await refused([/"fingerprint":"./, '"fingerprint":"x']),
      /is of other candles than data/,
    );
    assert.match(
      await refused([/"fee":0.0005/g, '"fee":0.5']),
      /cannot be run again: its finalEquity/,
    );
    assert.match(
      await refused(['"run":', '"ran":']),
      /is no result that can be run again: make it anew/,
    );
    assert.match(
      await refused([/"run":[^]*$/, '"contributions":[]}']),
      /is of a portfolio, which is not run again: give its strategy, and each/,
    );
    assert.match(
      await refused(["", ""], "--timeframe", "1h"),
      /is run again as it was: --timeframe is for configs/,
    );
    assert.match(
      await refused(["", ""], "--fee", "0"),
      /is run again as it was: --fee is for configs/,
    );
  });
});

Deno.test("report refuses what it cannot do before it writes anything", async () => {
  await inTempFolder(async (folder) => {
    const cases: [string[], RegExp][] = [
      [[CROSS, "--out", `${folder}/a.html`], /sma_cross\.ts is no result, so --candles must say/],
      [
        [CROSS, CROSS, "--candles", `BTC/USDT=${CANDLES}`, "--out", `${folder}/a.html`],
        /^Cannot report strategies\/sma_cross\.ts and strategies\/sma_cross\.ts together: a report is of one/,
      ],
      [
        [CROSS, "--candles", CANDLES, "--portfolio", "{}", "--out", `${folder}/a.html`],
        /^--portfolio is for instruments by name/,
      ],
      [
        [CROSS, "--candles", CANDLES, "--out", `${folder}/a.pdf`],
        /--out must be a file \.html, not/,
      ],
      [[CROSS, "--candles", CANDLES, "--out", `${folder}/no/a.html`], /there is no such folder/],
    ];
    for (const [args, message] of cases) {
      const { code, err } = await runCommand(["report", ...args], { archive: folder });
      assert.deepEqual([code, message.test(err)], [1, true], err);
    }
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  });
});

Deno.test("report writes a page of a portfolio: the whole, its instruments, and how they share", async () => {
  await inTempFolder(async (folder) => {
    const minutes = "data/sample_candles_1m.csv.gz", out = `${folder}/page.html`;
    const candles = ["--candles", `ABC/EUR=${minutes}`, "--candles", `DEF/EUR=${minutes}`];
    const made = await runCommand(
      ["report", CROSS, ...candles, "--portfolio", '{"maxOpenPositions":1}', "--out", out],
      { archive: folder },
    );
    assert.equal(made.code, 0, made.err);
    assert.match(made.out, /page\.html: a portfolio of 2, \d\.\d MB\n$/);
    const page = await Deno.readTextFile(out);
    assert.match(
      page,
      /<h1>sma_cross \(fast 10, slow 30\) on ABC\/EUR, DEF\/EUR, one account<\/h1>/,
    );
    assert.match(page, /At most 1 position is open at a time\./);
    assert.match(page, /<h3>DEF\/EUR<\/h3>/);
    assert.match(page, /<dt>Final equity \(EUR\)<\/dt>/);
  });
});
