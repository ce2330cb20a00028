import assert from "node:assert/strict";
import { gunzipSync, gzipSync } from "node:zlib";
import { Candles } from "../../../engine/market/candles.ts";
import { writeCandlesCsv } from "../../../engine/market/candles_csv.ts";
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

Deno.test("a file of the archive tells its market, and of which time it is all", () =>
  inTempFolder(async (folder) => {
    const rows = madeRows(9).filter((_, i) => i !== 4), candles = Candles.fromRows("1h", rows);
    const key = { exchange: "okx", symbol: "A/B", timeframe: "1h" } as const;
    const spans = [{ from: START, to: START + 12 * HOUR, source: "fetched" }];
    await Deno.writeFile(`${folder}/a.parquet`, partBytes({ key, candles, spans }));
    const file = await readCandleFile(`${folder}/a.parquet`);
    assert.deepEqual([file.candles.rows(), file.market, file.spans], [rows, key, spans]);
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
