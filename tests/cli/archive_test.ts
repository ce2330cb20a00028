import assert from "node:assert/strict";
import { Candles } from "../../engine/market/candles.ts";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { resample } from "../../engine/market/resample.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { readCandleFile } from "../../engine/storage/files/candle_file.ts";
import { withDatabase } from "../support/database.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { runCommand } from "./command.ts";

const SAMPLE = "data/sample_candles_1m.csv.gz", MARKET = "--exchange synthetic --symbol BTC/USDT";

const KLINES = "tests/storage/files/fixtures/BTCUSDT-1h-2024-01.zip";

/** Runs commands over one archive and one database. */
async function inArchive(
  test: (
    run: (text: string) => Promise<{ code: number; out: string; err: string }>,
    folder: string,
    database: string,
  ) => Promise<void>,
): Promise<void> {
  await inTempFolder((archive) =>
    withDatabase((database) =>
      test((text) => runCommand(text.split(" "), { archive, database }), archive, database)
    )
  );
}

const MADE_OF_MINUTES = `Note: made of 1m candles: no 1h ones are stored
Note: 1 candle is left out, the first from 2024-05-28T14:00:00Z on: some of the 1m candles are not stored
`;

/** The hours of which every minute is there. */
function wholeHours(minutes: Candles): Candles {
  const hour = (time: number) => Math.ceil(time / 3_600_000) * 3_600_000;
  const counts = Map.groupBy(minutes.time, hour);
  const rows = resample(minutes, "1h").rows().filter(({ time }) => counts.get(time)?.length === 60);
  return Candles.fromRows("1h", rows);
}

Deno.test("import, candles and export: what goes in comes out, and what is missing is told", () =>
  inArchive(async (run, folder) => {
    assert.match(
      (await run("candles")).out,
      /^No candles in .+\. `deno task fetch` .*`deno task import`/,
    );
    const imported = await run(`import ${MARKET} ${SAMPLE}`);
    const others = await run("candles --exchange okx");
    assert.equal(others.out, "No such candles. There are synthetic BTC/USDT 1m\n");
    assert.equal(
      imported.out,
      `${SAMPLE}: synthetic BTC/USDT, 43,193 1m candles from 2024-05-11T00:00:00Z to 2024-06-10T00:00:00Z\n`,
    );
    const listed = await run("candles --gaps");
    assert.equal(
      listed.out,
      [
        "synthetic BTC/USDT 1m: 43,193 candles from 2024-05-11T00:00:00Z to 2024-06-10T00:00:00Z",
        "  2024-05-11T00:00:00Z to 2024-05-28T14:03:00Z  imported from sample_candles_1m.csv.gz",
        "  2024-05-28T14:10:00Z to 2024-06-10T00:00:00Z  imported from sample_candles_1m.csv.gz",
        "  Without candles:",
        "    2024-05-28T14:03:00Z to 2024-05-28T14:10:00Z  7 intervals unknown: not fetched or not observed",
        "",
      ].join("\n"),
    );
    const own = await readCandlesCsv(SAMPLE), hours = wholeHours(own);
    for (
      const [name, timeframe, expected] of [
        ["out.csv.gz", "1m", own],
        ["out.parquet", "1m", own],
        ["hours.csv", "1h", hours],
      ] as const
    ) {
      const out = `${folder}/${name}`;
      const ran = await run(`export ${MARKET} --timeframe ${timeframe} --out ${out}`);
      assert.equal(ran.code, 0, ran.err);
      assert.equal(ran.err, timeframe === "1h" ? MADE_OF_MINUTES : "");
      const { candles, market } = await readCandleFile(out);
      assert.deepEqual(candles.rows(), expected.rows());
      const key = { exchange: "synthetic", symbol: "BTC/USDT", timeframe };
      assert.deepEqual(market, name.endsWith("parquet") ? key : {});
    }
  }));

Deno.test("an export has the database's candles behind the archive's", () =>
  inArchive(async (run, folder, database) => {
    const all = await readCandlesCsv(SAMPLE), key = { exchange: "synthetic", symbol: "BTC/USDT" };
    const store = await openStore(database);
    await store.marketData.upsertCandles({ ...key, timeframe: "1m" }, all.rows().slice(-3_000));
    await store.close();
    await Deno.writeTextFile(
      `${folder}/first.csv`,
      ["time,open,high,low,close,volume,trades,kind"].concat(
        all.rows().slice(-5_000, -2_000).map((row) =>
          `${row.time},${row.open},${row.high},${row.low},${row.close},${row.volume},${row.trades},${row.kind}`
        ),
      ).join("\n"),
    );
    await run(`import ${MARKET} ${folder}/first.csv`);
    const out = `${folder}/all.csv`;
    const { err } = await run(`export ${MARKET} --timeframe 1m --out ${out}`);
    assert.equal(err, "");
    assert.deepEqual((await readCandlesCsv(out)).rows(), all.rows().slice(-5_000));
  }));

Deno.test("what cannot be imported or exported is refused with what to do", () =>
  inArchive(async (run, folder) => {
    const refused: [string, RegExp][] = [
      [
        `import ${SAMPLE}`,
        /Cannot tell the market of .* from its name: give --exchange and --symbol/,
      ],
      ["import none.csv", /There is no file none\.csv \(looked in /],
      [`import ${MARKET} data`, /^Cannot read data: it is a folder\n$/],
      [
        `import ${MARKET} ${KLINES} --stamp close`,
        /The times are open in .*: leave --stamp close out/,
      ],
      [`import ${MARKET} README.md`, /Cannot tell what README\.md is: its name must end in/],
      [`export ${MARKET} --timeframe 1m --out ${folder}/a.xlsx`, /must end in \.csv, \.csv\.gz or/],
      [
        `export ${MARKET} --timeframe 1m --out ${folder}/a.csv`,
        /No candles of synthetic BTC\/USDT 1m/,
      ],
    ];
    for (const [command, message] of refused) {
      const { code, err } = await run(command);
      assert.equal(code, 1, command);
      assert.match(err, message);
      assert.doesNotMatch(err, /Unexpected|at file/);
    }
  }));

Deno.test("an export begins and ends where it is told to, whole candles only", () =>
  inArchive(async (run, folder) => {
    await run(`import ${MARKET} ${SAMPLE}`);
    const out = `${folder}/part.csv`, span = "--from 2024-05-12T10:00:30 --to 2024-05-12T10:05:59";
    const { code, err } = await run(`export ${MARKET} --timeframe 1m ${span} --out ${out}`);
    assert.equal(code, 0, err);
    const ten = Date.UTC(2024, 4, 12, 10), { time } = await readCandlesCsv(out);
    assert.deepEqual([...time], [2, 3, 4, 5].map((minute) => ten + minute * 60_000));
  }));

Deno.test("a backtest is over a stored series, or over whatever file can be imported", () =>
  inArchive(async (run, folder, database) => {
    await run(`import ${MARKET} ${SAMPLE}`);
    const backtest = async (candles: string, ...flags: string[]) => {
      const args = ["backtest", "strategies/sma_cross_1m.json", "--candles", candles, ...flags];
      return await runCommand([...args, "--json"], { archive: folder, database });
    };
    const file = await backtest(SAMPLE), parquet = `${folder}/all.parquet`;
    await run(`export ${MARKET} --timeframe 1m --out ${parquet}`);
    for (const candles of ["synthetic BTC/USDT 1m", parquet]) {
      const { code, out, err } = await backtest(candles);
      assert.equal(code, 0, err);
      assert.equal(out.replaceAll(candles, SAMPLE), file.out);
    }
    const refused: [string, string[], RegExp][] = [
      ["synthetic BTC/USDT 5m", [], /trades 1m candles, but synthetic BTC\/USDT 5m has 5m/],
      ["synthetic ETH/USDT 1m", [], /No candles of synthetic ETH\/USDT 1m are stored/],
      ["synthetic BTC/USDT 1min", [], /Unknown timeframe "1min": did you mean "1m"/],
      ["synthetic BTC/USDT 1m", ["--stamp", "open"], /--stamp is for files/],
      [
        parquet,
        ["--stamp", "open"],
        /The times are close in .*all\.parquet, as it says itself: leave --stamp open out/,
      ],
      [`${folder}/no such file.csv`, [], /There is no file/],
    ];
    for (const [candles, flags, message] of refused) {
      const { code, err } = await backtest(candles, ...flags);
      assert.equal(code, 1, candles);
      assert.match(err, message);
    }
    const hours = await runCommand(
      ["backtest", "strategies/sma_cross.ts", "--candles", "synthetic BTC/USDT 1h"],
      { archive: folder },
    );
    assert.match(
      hours.out,
      /over 719 1h candles[^]*Note: made of 1m candles: no 1h ones are stored/,
    );
  }));

Deno.test("an archive in which a task may not write is refused with what lets it", () =>
  inArchive(async (run, folder) => {
    for (
      const command of [`import ${MARKET} ${SAMPLE}`, `fetch ${MARKET} --timeframe 1m --from 2024`]
    ) {
      const { code, err } = await run(
        `${command.replace("--from 2024", "--from 2024-01-01")} --archive /else`,
      );
      assert.equal(code, 1);
      assert.match(
        err,
        /^Cannot write in \/else: .* put LOCKSTEP_ARCHIVE=\/else before the command/,
      );
    }
    await Deno.writeTextFile(`${folder}/file`, "");
    const { err } = await run(`import ${MARKET} ${SAMPLE} --archive ${folder}/file`);
    assert.match(err, /^Cannot keep the archive in .*file: it, or what it is in, is a file\n$/);
  }));
