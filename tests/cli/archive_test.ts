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
      /^No candles\. `deno task fetch` .*`deno task import`/,
    );
    const imported = await run(`import ${MARKET} ${SAMPLE}`);
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
      ["import none.csv", /There is no file none\.csv/],
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
