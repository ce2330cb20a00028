import assert from "node:assert/strict";
import { Candles } from "../../../engine/market/candles.ts";
import { writeCandlesCsv } from "../../../engine/market/candles_csv.ts";
import { listSeries } from "../../../engine/storage/archive/list_series.ts";
import { readSeries } from "../../../engine/storage/archive/read_series.ts";
import { importCandles } from "../../../engine/storage/files/import_candles.ts";
import { archiveFiles } from "../archive/archive_files.ts";
import { inTempFolder } from "../../support/temp_folder.ts";
import { fixture, HOUR, madeRow, madeRows, START } from "./made_rows.ts";

const KEY = { exchange: "okx", symbol: "BTC/USDT", timeframe: "1h" } as const;
const FEATHER = fixture("data/okx/BTC_USDT-1h.feather");

/** A CSV file with the given rows of the made candles. */
async function csv(path: string, rows: readonly number[], change = (i: number) => madeRow(i)) {
  await writeCandlesCsv(path, Candles.fromRows("1h", rows.map(change)));
  return path;
}

const from = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

Deno.test("files become one series, with what each is the source of", () =>
  inTempFolder(async (folder) => {
    const root = `${folder}/archive`;
    const one = await csv(`${folder}/one.csv`, from(8_990, 9_010));
    const { exchange, symbol } = KEY;
    const all = await importCandles(root, [FEATHER, one], { exchange, symbol });
    assert.deepEqual(all.map(({ path, key }) => [path, key]), [[FEATHER, KEY], [one, KEY]]);
    const { candles, spans } = await readSeries(root, KEY), at = (i: number) => START + i * HOUR;
    assert.deepEqual(candles.rows(), madeRows(9_011));
    assert.deepEqual(spans, [
      { from: at(0), to: at(9_000), source: "imported from BTC_USDT-1h.feather" },
      { from: at(9_000), to: at(9_011), source: "imported from one.csv" },
    ]);
  }));

Deno.test("of all files or none: one that cannot be imported leaves the archive as it was", () =>
  inTempFolder(async (folder) => {
    const root = `${folder}/archive`, { exchange, symbol } = KEY, market = { exchange, symbol };
    await importCandles(root, [await csv(`${folder}/first.csv`, from(0, 9))], market);
    const before = archiveFiles(root), good = await csv(`${folder}/good.csv`, from(10, 20));
    const other = (i: number) => ({ ...madeRow(i), volume: 77 });
    const bad: [string, RegExp][] = [
      [
        await csv(`${folder}/other.csv`, from(8, 12), other),
        /5 of its candles differ from what is there: 1h to 2024-01-01T09:00:00Z: the archive has .* volume 13, the file has .* volume 77.*--replace/,
      ],
      [`${folder}/none.csv`, /There is no file/],
      [await csv(`${folder}/empty.csv`, []), /There are no candles in/],
    ];
    for (const [path, message] of bad) {
      await assert.rejects(importCandles(root, [good, path], market), {
        name: "InputError",
        message,
      });
      assert.deepEqual(archiveFiles(root), before);
    }
    await assert.rejects(importCandles(root, [good]), {
      message: /from its name: give --exchange and --symbol/,
    });
  }));

Deno.test("replaced, the file's candles are taken, and what they replaced is told", () =>
  inTempFolder(async (folder) => {
    const root = `${folder}/archive`, { exchange, symbol } = KEY;
    const market = { exchange, symbol, replace: true };
    await importCandles(root, [await csv(`${folder}/first.csv`, from(0, 9))], market);
    const other = (i: number) => ({ ...madeRow(i), volume: 77 });
    const path = await csv(`${folder}/other.csv`, from(8, 12), other);
    const [{ differences }] = await importCandles(root, [path], market);
    assert.deepEqual(differences.map(({ time }) => time), [9, 10].map((i) => START + i * HOUR));
    const { candles } = await readSeries(root, KEY);
    assert.deepEqual(candles.rows(), [...madeRows(8), ...from(8, 12).map(other)]);
  }));

Deno.test("absent intervals are unknown, or silent if the file is said to be sparse", () =>
  inTempFolder(async (folder) => {
    const rows = [...from(0, 3), ...from(6, 9)], { exchange } = KEY;
    const path = await csv(`${folder}/holes.csv`, rows), at = (i: number) => START + i * HOUR;
    await importCandles(folder, [path], { exchange, symbol: "A" });
    await importCandles(folder, [path], { exchange, symbol: "B", sparse: true });
    const source = "imported from holes.csv";
    assert.deepEqual((await listSeries(folder)).map(({ spans }) => spans), [
      [{ from: at(0), to: at(4), source }, { from: at(6), to: at(10), source }],
      [{ from: at(0), to: at(10), source }],
    ]);
  }));

Deno.test("rows that show a longer timeframe than is said are refused, unless few and sparse", () =>
  inTempFolder(async (root) => {
    const { exchange, symbol } = KEY, market = { exchange, symbol, timeframe: "1m" as const };
    const few = await csv(`${root}/few.csv`, from(0, 4)),
      many = await csv(`${root}/many.csv`, from(0, 9));
    const named = await csv(`${root}/BTCUSDT-1m-2024-01.csv`, from(0, 9));
    const refused = {
      name: "InputError",
      message: /its rows are 1h apart, and no two of them 1m\. Give --timeframe 1h/,
    };
    for (const path of [few, many]) {
      await assert.rejects(importCandles(root, [path], market), refused);
    }
    await assert.rejects(importCandles(root, [named]), refused);
    await assert.rejects(importCandles(root, [many], { ...market, sparse: true }), refused);
    await importCandles(root, [few], { ...market, sparse: true });
    const [{ key }] = await importCandles(root, [named], { timeframe: "1h" });
    assert.deepEqual(key, { exchange: "binance", symbol, timeframe: "1h" });
  }));

Deno.test("a file that is not what its name says is refused", () =>
  inTempFolder(async (folder) => {
    const root = `${folder}/archive`, options = { timeframe: "1h", stamp: "close" } as const;
    const name = (text: string) => csv(`${folder}/${text}`, from(0, 9));
    const january = await name("BTCUSDT-1h-2024-01.csv");
    await importCandles(root, [january], options);
    const wrong: [string, object, RegExp][] = [
      [
        "DOTUSDT-1h-2023-01.csv",
        {},
        /by its name its candles are from 2023-01-01T00:00:00Z to 2023-02-01/,
      ],
      ["BTCUSDT-1h-2024-01-02.csv", {}, /by its name its candles are from 2024-01-02T00:00:00Z/],
      ["ETHUSDT-1h-2024-01.csv", { symbol: "BTC/USDT" }, /by its name it is ETH\/USDT/],
    ];
    for (const [file, more, message] of wrong) {
      const path = await name(file);
      await assert.rejects(importCandles(root, [path], { ...options, ...more }), {
        ...{ name: "InputError", message },
      });
    }
    // Futures may be named as what they are settled in.
    await importCandles(root, [january], { ...options, symbol: "BTC/USDT:USDT" });
  }));

Deno.test("candles that nobody can have yet are refused", () =>
  inTempFolder(async (folder) => {
    const path = await csv(`${folder}/one.csv`, from(0, 9)), { exchange, symbol } = KEY;
    const root = `${folder}/archive`, market = { exchange, symbol }, last = START + 10 * HOUR;
    await importCandles(root, [path], { ...market, now: last - 3 * HOUR });
    await assert.rejects(importCandles(root, [path], { ...market, now: last - 25 * HOUR }), {
      ...{ name: "InputError", message: /its last candle closes at 2024-01-01T10:00:00Z/ },
    });
  }));
