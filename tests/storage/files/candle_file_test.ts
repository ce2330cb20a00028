import assert from "node:assert/strict";
import { gunzipSync, gzipSync } from "node:zlib";
import { Candles } from "../../../engine/market/candles.ts";
import { writeCandlesCsv } from "../../../engine/market/candles_csv.ts";
import { type ColumnSource, parquetWriteBuffer, type SchemaElement } from "hyparquet-writer";
import { partBytes } from "../../../engine/storage/archive/write_part.ts";
import { readCandleFile } from "../../../engine/storage/files/candle_file.ts";
import { inTempFolder } from "../../support/temp_folder.ts";
import { fixture, HOUR, madeRow, madeRows, START } from "./made_rows.ts";

const okx = (symbol: string) => ({ exchange: "okx", symbol, timeframe: "1h" });

Deno.test("Feather files of freqtrade are read, LZ4 in many blocks included, and ZSTD and plain ones", async () => {
  const long = await readCandleFile(fixture("data/okx/BTC_USDT-1h.feather"));
  assert.deepEqual(long.candles.rows(), madeRows(9_000));
  assert.deepEqual(long.market, okx("BTC/USDT"));
  const futures = await readCandleFile(
    fixture("data/okx/futures/ETH_USDT_USDT-1h-futures.feather"),
  );
  assert.deepEqual(futures.candles.rows(), madeRows(50));
  assert.deepEqual(futures.market, okx("ETH/USDT:USDT"));
  const zstd = await readCandleFile(fixture("zstd.feather"));
  assert.deepEqual([zstd.candles.rows(), zstd.market], [madeRows(300), {}]);
  const plain = await readCandleFile(fixture("plain.feather"));
  assert.deepEqual(plain.candles.rows(), madeRows(50));
});

Deno.test("freqtrade's JSON is read, gzipped or not", () =>
  inTempFolder(async (folder) => {
    const path = fixture("data/okx/XRP_USDT-1h.json.gz");
    const { candles, market } = await readCandleFile(path);
    assert.deepEqual([candles.rows(), market], [madeRows(50), okx("XRP/USDT")]);
    const text = gunzipSync(await Deno.readFile(path));
    await Deno.writeFile(`${folder}/XRP_USDT-1h.json`, text);
    const plain = await readCandleFile(`${folder}/XRP_USDT-1h.json`);
    assert.deepEqual(plain.market, { symbol: "XRP/USDT", timeframe: "1h" });
    assert.deepEqual(plain.candles.rows(), madeRows(50));
  }));

Deno.test("Parquet files of pandas and polars are read, whatever their codec and unit of time", async () => {
  const pandas = await readCandleFile(fixture("data/okx/ADA_USDT-1h.parquet"));
  assert.deepEqual([pandas.candles.rows(), pandas.market], [madeRows(50), okx("ADA/USDT")]);
  const nanoseconds = await readCandleFile(fixture("indexed.parquet"));
  assert.deepEqual(nanoseconds.candles.rows(), madeRows(50));
  const polars = await readCandleFile(fixture("polars.parquet"));
  assert.deepEqual(polars.candles.rows(), madeRows(50, (i) => i));
});

Deno.test("decimal numbers are the doubles that they are as texts, in Parquet and Feather", async () => {
  for (const name of ["decimals.parquet", "decimals.feather"]) {
    const { candles } = await readCandleFile(fixture(name));
    assert.deepEqual(candles.rows(), madeRows(50), name);
  }
});

Deno.test("times as Spark and Hive write them (INT96) are read", async () => {
  const { candles } = await readCandleFile(fixture("int96.parquet"));
  assert.deepEqual(candles.rows(), madeRows(50));
});

/** Three hours as columns of a Parquet file. */
const HOURS = [0, 1, 2].map((i) => BigInt(START + i * HOUR));

async function parquet(folder: string, columns: readonly ColumnSource[]): Promise<string> {
  const times = { name: "date", data: HOURS.map(Number).map((time) => new Date(time)) };
  const names = ["open", "high", "low", "close", "volume"].map((name) => ({
    name,
    data: [1, 1, 1],
  }));
  const own = new Map([times, ...names, ...columns].map((column) => [column.name, column]));
  const path = `${folder}/made.parquet`;
  const file = parquetWriteBuffer({ columnData: [...own.values()] as ColumnSource[] });
  await Deno.writeFile(path, new Uint8Array(file));
  return path;
}

Deno.test("whole numbers past 2^53 are the nearest doubles, or refused where they are counts", () =>
  inTempFolder(async (folder) => {
    const amounts = [2n ** 53n + 1n, 2n ** 53n + 3n, 5n];
    const read = await readCandleFile(await parquet(folder, [{ name: "volume", data: amounts }]));
    // 2^53 + 1 and 2^53 + 3 lie between two doubles: the even one is taken.
    assert.deepEqual([...read.candles.volume], [9007199254740992, 9007199254740996, 5]);
    const counts = await parquet(folder, [{ name: "trades", data: amounts }]);
    await assert.rejects(readCandleFile(counts), /trades is 9007199254740992, but must be a whole/);
  }));

Deno.test("times that are not whole milliseconds, no dates, or in another unit are refused", () =>
  inTempFolder(async (folder) => {
    const nanos = { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "NANOS" } as const;
    const time = { type: "TIME", isAdjustedToUTC: true, unit: "MICROS" } as const;
    const cases: [bigint[], SchemaElement["logical_type"], RegExp][] = [
      [HOURS.map((ms) => ms * 1_000_000n + 1n), nanos, /row 1: .* is no whole number of milliseco/],
      [HOURS.map((ms) => ms * 1_000_000n), undefined, /row 1: .* looks like micro- or nanoseconds/],
      [HOURS.map((ms) => ms / 1_000n), undefined, /row 1: .* looks like seconds/],
      [HOURS.map((ms) => ms % 86_400_000n), time, /date is a time of day without its date/],
    ];
    for (const [data, logical_type, message] of cases) {
      const element = { name: "date", type: "INT64", logical_type } as const;
      const path = `${folder}/times.parquet`, prices = ["open", "high", "low", "close", "volume"];
      const schema = [
        { name: "root", num_children: 6 },
        { ...element, repetition_type: "REQUIRED" as const },
        ...prices.map((name) => ({ name, type: "DOUBLE", repetition_type: "REQUIRED" }) as const),
      ];
      const columnData = [{ name: "date", data: BigInt64Array.from(data) }].concat(
        prices.map((name) => ({ name, data: [1, 1, 1] })) as never[],
      );
      await Deno.writeFile(path, new Uint8Array(parquetWriteBuffer({ schema, columnData })));
      await assert.rejects(readCandleFile(path), { name: "InputError", message });
    }
  }));

Deno.test("CSV files may call their times as most do", () =>
  inTempFolder(async (folder) => {
    const path = `${folder}/a.csv`, names = "open_time timestamp date datetime Date".split(" ");
    for (const name of [...names, "close_time", "time"]) {
      const rows = [0, 1, 2].map((i) => `1,1,1,1,1,${new Date(START + i * HOUR).toISOString()}`);
      await Deno.writeTextFile(path, [`Open,High,Low,Close,Volume,${name}`, ...rows].join("\n"));
      const { candles } = await readCandleFile(path);
      assert.equal(candles.time[0], START + (names.includes(name) ? HOUR : 0), name);
    }
  }));

Deno.test("a file of the archive tells its market, and of which time it is all", () =>
  inTempFolder(async (folder) => {
    const rows = madeRows(9).filter((_, i) => i !== 4), candles = Candles.fromRows("1h", rows);
    const key = { exchange: "okx", symbol: "A/B", timeframe: "1h" } as const;
    const spans = [{ from: START, to: START + 12 * HOUR, source: "fetched" }];
    await Deno.writeFile(`${folder}/a.parquet`, partBytes({ key, candles, spans }));
    const file = await readCandleFile(`${folder}/a.parquet`);
    assert.deepEqual([file.candles.rows(), file.market, file.spans], [rows, key, spans]);
    await assert.rejects(readCandleFile(`${folder}/a.parquet`, { timeframe: "1m" }), {
      name: "InputError",
      message: /^The candles are 1h in .*a\.parquet, as it says itself: leave --timeframe 1m out$/,
    });
  }));

Deno.test("Binance's klines are read: in zips, with and without a header, in microseconds", async () => {
  const rows = madeRows(50, (i) => i % 50);
  const zip = await readCandleFile(fixture("BTCUSDT-1h-2024-01.zip"));
  assert.deepEqual(zip.candles.rows(), rows);
  assert.deepEqual(zip.market, { exchange: "binance", symbol: "BTC/USDT", timeframe: "1h" });
  const micro = await readCandleFile(fixture("ETHUSDT-1h-2025-01.zip"));
  assert.deepEqual(micro.candles.rows(), rows);
  const csv = await readCandleFile(fixture("futures/um/BTCUSDT-1h-2024-01-01.csv"));
  assert.deepEqual(csv.candles.rows(), rows);
  const um = { exchange: "binanceusdm", symbol: "BTC/USDT:USDT", timeframe: "1h" };
  assert.deepEqual(csv.market, um);
});

Deno.test("CSV files are read as everywhere, and klines are known by their columns", () =>
  inTempFolder(async (folder) => {
    const candles = Candles.fromRows("1h", madeRows(20));
    await writeCandlesCsv(`${folder}/own.csv.gz`, candles);
    assert.deepEqual((await readCandleFile(`${folder}/own.csv.gz`)).candles.rows(), madeRows(20));
    const csv = await Deno.readTextFile(fixture("futures/um/BTCUSDT-1h-2024-01-01.csv"));
    const [, ...lines] = csv.split("\n");
    await Deno.writeFile(`${folder}/klines.csv.gz`, gzipSync(lines.join("\n")));
    const klines = await readCandleFile(`${folder}/klines.csv.gz`);
    assert.deepEqual(klines.candles.rows(), madeRows(50, (i) => i % 50));
  }));

Deno.test("what a file's times are can be said, and so can its timeframe", async () => {
  const { candles } = await readCandleFile(fixture("plain.feather"), { stamp: "close" });
  assert.equal(candles.time[0], START);
  await assert.rejects(readCandleFile(fixture("plain.feather"), { timeframe: "2h" }), {
    name: "CandleError",
    message: /is no boundary of 2h candles/,
  });
});

/** Files that are not what they should be, and what is said of them. */
const REFUSED: [string, string | Uint8Array, RegExp][] = [
  ["a.xlsx", "x", /its name must end in \.csv, \.csv\.gz, \.parquet/],
  ["a.zip", "x", /its zip data is damaged/],
  ["a.parquet", "PAR1 not really PAR1", /no Parquet file, or damaged/],
  ["a.feather", "ARROW1 but no more", /no Feather file, or damaged/],
  ["a.json", "{}", /no JSON list/],
  ["a.json", "[[1704067200000,1,1,1,1]]", /row 1: it is no list \[time/],
  ["a.json", '[[1704067200000,1,1,1,"1",1]]', /row 1: "1" is no number/],
  ["a.json", "[[1704067200,1,1,1,1,1]]", /row 1: 1704067200 looks like seconds/],
  ["a.json", "[[1704067200000,1,1,1,null,1]]", /row 1: null is no number/],
  ["a.csv", "open_time,open,high,low,close,volume,close_time,\n1,2\n", /line 2: it has 2 cells/],
  ["a.csv", "time,open\n", /no column high, low, close, volume/],
];

Deno.test("what cannot be read is refused with the place and the reason", () =>
  inTempFolder(async (folder) => {
    for (const [name, content, message] of REFUSED) {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(`${folder}/${name}`, bytes);
      await assert.rejects(readCandleFile(`${folder}/${name}`), { name: "InputError", message });
    }
    await assert.rejects(readCandleFile(`${folder}/none.csv`), /There is no file/);
  }));

Deno.test("files that are cut off or changed at any place are refused, never misread", () =>
  inTempFolder(async (folder) => {
    for (const name of ["BTCUSDT-1h-2024-01.zip", "data/okx/XRP_USDT-1h.json.gz"]) {
      const whole = await Deno.readFile(fixture(name)),
        path = `${folder}/${name.replace(/.*\//, "")}`;
      for (let cut = 0; cut < whole.length; cut += 41) {
        await Deno.writeFile(path, whole.subarray(0, cut));
        await assert.rejects(readCandleFile(path), { name: "InputError" });
      }
      for (let at = 30; at < whole.length - 100; at += 41) {
        const changed = whole.slice();
        changed[at] ^= 0x55;
        await Deno.writeFile(path, changed);
        const read = await readCandleFile(path).catch((error) => error.name);
        const same = typeof read === "object" && read.candles.close[7] === madeRow(7).close;
        assert.ok(same || ["InputError", "CandleError"].includes(read), `${name} ${at}: ${read}`);
      }
    }
  }));
