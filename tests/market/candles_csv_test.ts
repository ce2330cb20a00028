import assert from "node:assert/strict";
import fc from "fast-check";
import { type Candle, Candles, KINDS } from "../../engine/market/candles.ts";
import {
  readCandlesCsv,
  type ReadCandlesOptions,
  writeCandlesCsv,
} from "../../engine/market/candles_csv.ts";
import { CandleError } from "../../engine/market/checks.ts";
import { InputError } from "../../engine/market/errors.ts";
import { candlesToFrame } from "../../engine/market/frame.ts";
import { sharedPath, sharedTest } from "../support/shared.ts";
import { inTempFolder } from "../support/temp_folder.ts";

const HOUR = 3_600_000, START = Date.UTC(2024, 7, 8);

async function readText(text: string, options?: ReadCandlesOptions): Promise<Candles> {
  let candles: Candles | undefined;
  await inTempFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/c.csv`, text);
    candles = await readCandlesCsv(`${folder}/c.csv`, options);
  });
  return candles!;
}

const lines = (header: string, times: (number | string)[], rest = "10,12,9,11,5") =>
  [header, ...times.map((time) => `${time},${rest}`)].join("\n");

const HOURS = [START, START + HOUR, START + 2 * HOUR];

Deno.test("a column `timestamp` is the open, a column `time` the close, unless said otherwise", async () => {
  const open = lines("timestamp,open,high,low,close,volume", HOURS);
  const close = lines("time,open,high,low,close,volume", HOURS);
  const times = async (text: string, options?: ReadCandlesOptions) => [
    ...(await readText(text, options)).time,
  ];
  const later = HOURS.map((time) => time + HOUR);
  assert.deepEqual(await times(open), later);
  assert.deepEqual(await times(close), HOURS);
  assert.deepEqual(await times(open, { stamp: "close" }), HOURS);
  assert.deepEqual(await times(close, { stamp: "open" }), later);
});

Deno.test("a frame that danfo writes as CSV comes back as the candles that it was made of", async () => {
  const row = { open: 10, high: 12, low: 9, close: 11, volume: 5, trades: NaN };
  const rows = HOURS.map((time) => ({ ...row, time, kind: "backfilled" as const }));
  const candles = Candles.fromRows("1h", rows), frame = await candlesToFrame(candles);
  const specifier = "danfojs", { toCSV } = await import(specifier);
  const text = toCSV(frame, { download: false });
  assert.match(text, /^timestamp,open,high,low,close,volume,trades,kind\n/);
  assert.deepEqual(await readText(text), candles);
  const opened = await readText(text, { stamp: "open" });
  assert.deepEqual([...opened.time], HOURS.map((time) => time + HOUR));
});

Deno.test("only candles between two times are read, however the times are given", async () => {
  const text = lines("time,open,high,low,close,volume", HOURS), [, second, third] = HOURS;
  const times = async (options: ReadCandlesOptions) => [...(await readText(text, options)).time];
  assert.deepEqual(await times({ from: "2024-08-08" }), [second, third]);
  assert.deepEqual(await times({ from: new Date(START), to: second }), [second]);
  assert.deepEqual(await times({ to: "2024-08-08 01:00" }), HOURS.slice(0, 2));
  await assert.rejects(times({ from: "2031-01-01" }), {
    name: "InputError",
    message:
      /c\.csv has no candle between .* reaches from 2024-08-07T23:00:00Z to 2024-08-08T02:00/,
  });
});

Deno.test("options that cannot be are refused before the file is looked for", async () => {
  const refused: [unknown, string | RegExp][] = [
    [
      { frm: "2024-08-08" },
      'readCandlesCsv has no option "frm": did you mean "from"? There are stamp, timeframe, from, to',
    ],
    ["1h", /^readCandlesCsv takes its options by name, .*, not the text "1h"$/],
    [
      { stamp: "Open" },
      'stamp is the text "Open", but must be open or close: did you mean "open"?',
    ],
    [{ stamp: true }, "stamp is true, but must be open or close"],
    [{ timeframe: "1hour" }, /^Unknown timeframe "1hour": did you mean "1h"/],
    [{ from: "yesterday" }, /^from: "yesterday" is no time/],
    [{ to: NaN }, /^to: NaN is no time/],
  ];
  for (const [options, message] of refused) {
    const reading = readCandlesCsv("no_such.csv", options as ReadCandlesOptions);
    await assert.rejects(reading, { name: "InputError", message });
  }
});

Deno.test("open times of months become the ends of the months", async () => {
  const months = ["2023-12-01", "2024-01-01", "2024-02-01"];
  const candles = await readText(lines("timestamp,open,high,low,close,volume", months));
  assert.equal(candles.timeframe, "1M");
  assert.deepEqual([...candles.time], [0, 1, 2].map((month) => Date.UTC(2024, month)));
});

Deno.test("an open time inside a month is not taken for the month's first", async () => {
  const months = Array.from({ length: 12 }, (_, month) => Date.UTC(2023, month));
  months[6] += 14 * 24 * HOUR;
  const reading = readText(lines("timestamp,open,high,low,close,volume", months));
  await assert.rejects(reading, {
    name: "CandleError",
    message: /row 7: time 2023-07-15T00:00:00Z is no boundary of 1M candles/,
  });
});

Deno.test("columns may come in any order, with others between", async () => {
  const text = "Volume,foo,Close,Low,High,Open,Time,COUNT\n" +
    HOURS.map((time) => `5,x,11,9,12,10,${time},77`).join("\n");
  assert.deepEqual((await readText(text)).row(0), {
    time: START,
    open: 10,
    high: 12,
    low: 9,
    close: 11,
    volume: 5,
    trades: 77,
    kind: "traded",
  });
});

Deno.test("a candle is backfilled where nobody counted its trades, and empty where there are none", async () => {
  const header = "time,open,high,low,close,volume", plain = await readText(lines(header, HOURS));
  assert.deepEqual([plain.row(0).trades, plain.row(0).kind], [NaN, "backfilled"]);
  const counted = await readText(lines(`${header},trades`, HOURS, "10,10,10,10,0,0"));
  assert.equal(counted.row(0).kind, "empty");
});

Deno.test("only the span that is asked for is given", async () => {
  const text = lines(
    "timestamp,open,high,low,close,volume",
    [0, 1, 2, 3, 4].map((h) => START + h * HOUR),
  );
  const candles = await readText(text, { from: START + HOUR, to: START + 3 * HOUR });
  assert.deepEqual([...candles.time], [START + 2 * HOUR, START + 3 * HOUR]);
  const cut = await readText(text, { from: START + 1, to: START + 3 * HOUR - 1 });
  assert.deepEqual([...cut.time], [START + 2 * HOUR]);
});

Deno.test("a time that is none, and a kind that is none, are refused with the line", async () => {
  const header = "time,open,high,low,close,volume";
  const refused: [string, RegExp][] = [
    [lines(header, [START, "soon"]), /c\.csv, line 3: "soon" is no time/],
    [lines(header, [START, ""]), /c\.csv, line 3: "" is no time/],
    [lines(header, [START / 1_000]), /line 2: 1723075200 looks like seconds/],
    [lines(`${header},kind`, HOURS, "1,1,1,1,1,odd"), /line 2: kind is "odd", not one of traded/],
    [lines("time,open,high,low,close", HOURS, "1,1,1,1"), /has no column volume/],
    [
      lines("open,high,low,close,volume,x", HOURS),
      /has no column open_time or close_time or time or timestamp/,
    ],
    [header, /^There are no candles in .*c\.csv$/],
    [lines(header, [START]), /Cannot tell the timeframe of .*c\.csv/],
  ];
  for (const [text, message] of refused) {
    await assert.rejects(readText(text), { name: "InputError", message });
  }
});

Deno.test("a timeframe that is given need not be seen in the times", async () => {
  const text = lines("timestamp,open,high,low,close,volume", [START]);
  assert.deepEqual([...(await readText(text, { timeframe: "1h" })).time], [START + HOUR]);
});

Deno.test("a bad row is named whatever it does to the times", async () => {
  const times = Array.from({ length: 20 }, (_, i) => START + i * HOUR);
  const problem = async (change: (times: number[]) => void) => {
    const changed = [...times];
    change(changed);
    const error = await readText(lines("time,open,high,low,close,volume", changed))
      .then(() => undefined, (error) => error);
    assert.ok(error instanceof CandleError);
    return error.problems.map(({ row, reason }) => `${row}: ${reason}`).join("; ");
  };
  assert.match(await problem((t) => t[4] += 1), /^5: .*no boundary of 1h/);
  assert.match(await problem((t) => t[4] = t[3]), /^5: .*is there twice/);
  assert.match(await problem((t) => t[4] = t[2]), /^5: .*is before the row above/);
});

const price = fc.double({ min: 5e-324, max: 1.7e308, noNaN: true });
const candle = fc.record({
  skipped: fc.integer({ min: 0, max: 3 }),
  prices: fc.array(price, { minLength: 4, maxLength: 4 }),
  volume: fc.double({ min: 0, max: 1.7e308, noNaN: true }),
  trades: fc.oneof(fc.constant(NaN), fc.nat()),
  kind: fc.constantFrom(...KINDS),
});

const anyCandles = fc.array(candle, { minLength: 2, maxLength: 40 }).map((rows) => {
  let time = START;
  return Candles.fromRows(
    "1h",
    rows.map(({ skipped, prices, volume, ...rest }): Candle => {
      time += HOUR * (1 + skipped);
      const [low, a, b, high] = prices.sort((x, y) => x - y);
      // Nothing is traded in a silent market.
      const traded = rest.kind === "empty" ? 0 : volume;
      return { time, open: a, high, low, close: b, volume: traded, ...rest };
    }),
  );
});

Deno.test("what is written is read back bit for bit", async () => {
  const samples = fc.sample(anyCandles, { seed: 20_240_808, numRuns: 60 });
  await inTempFolder(async (folder) => {
    for (const name of ["c.csv", "c.csv.gz"]) {
      for (const candles of samples) {
        await writeCandlesCsv(`${folder}/${name}`, candles);
        const back = await readCandlesCsv(`${folder}/${name}`, { timeframe: "1h" });
        assert.deepEqual(back, candles);
      }
    }
  });
});

Deno.test("a file has close times, plain numbers and an empty cell for an unknown count", async () => {
  const prices = { open: 0.1 + 0.2, high: 1e21, low: 1e-7, close: 5 };
  const row: Candle = { time: START, ...prices, volume: 1.5, trades: NaN, kind: "backfilled" };
  await inTempFolder(async (folder) => {
    await writeCandlesCsv(`${folder}/c.csv`, Candles.fromRows("1h", [row]));
    assert.equal(
      await Deno.readTextFile(`${folder}/c.csv`),
      "time,open,high,low,close,volume,trades,kind\n" +
        "1723075200000,0.30000000000000004,1e+21,1e-7,5,1.5,,backfilled\n",
    );
  });
});

Deno.test("many candles go through whole, and leave nothing beside the file", async () => {
  const rows = Array.from({ length: 20_000 }, (_, i): Candle => {
    const prices = { open: 1 + i / 100, high: 2 + i / 100, low: 0.5, close: 1.5 };
    return { time: START + i * HOUR, ...prices, volume: i / 7, trades: i + 1, kind: "traded" };
  });
  const candles = Candles.fromRows("1h", rows);
  await inTempFolder(async (folder) => {
    await writeCandlesCsv(`${folder}/c.csv.gz`, candles);
    assert.deepEqual(await readCandlesCsv(`${folder}/c.csv.gz`), candles);
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["c.csv.gz"]);
    const magic = Deno.readFileSync(`${folder}/c.csv.gz`).slice(0, 2);
    assert.deepEqual([...magic], [0x1f, 0x8b]);
  });
});

Deno.test("a file that cannot be written is said to be so, and the old one stays", async () => {
  const candles = Candles.fromRows("1h", []);
  await inTempFolder(async (folder) => {
    await assert.rejects(writeCandlesCsv(`${folder}/none/c.csv`, candles), {
      name: "InputError",
      message: /there is no such folder/,
    });
    await Deno.mkdir(`${folder}/c.csv`);
    await assert.rejects(writeCandlesCsv(`${folder}/c.csv`, candles), {
      name: "InputError",
      message: /it is a folder/,
    });
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["c.csv"]);
  });
});

async function verdict(name: string): Promise<CandleError | Candles> {
  return await readCandlesCsv(sharedPath(`data/${name}.csv.gz`)).catch((error) => {
    assert.ok(error instanceof CandleError && error instanceof InputError, String(error));
    return error;
  });
}

sharedTest("si_default is accepted: 502 days, weekends and holidays absent", async () => {
  const candles = await verdict("si_default");
  assert.ok(candles instanceof Candles);
  assert.deepEqual([candles.length, candles.timeframe, candles.decimals], [502, "1d", 2]);
});

sharedTest(
  "si_bad is refused: times, highs, lows, signs and values that are not there",
  async () => {
    const error = await verdict("si_bad");
    assert.ok(error instanceof CandleError);
    const reason = (row: number) => error.problems.find((problem) => problem.row === row)?.reason;
    assert.match(
      error.message,
      /si_bad.*row 201 and 49 more: time 1677.* no boundary of 1d candles/,
    );
    assert.match(reason(355)!, /open is -263.16/);
    assert.match(reason(360)!, /high 269.09 is below/);
    const missing = error.problems.filter(({ reason }) => reason === "open is NaN, not a number");
    assert.equal(missing.length, 51);
  },
);

sharedTest("si_zeros is refused: prices are above 0", async () => {
  const error = await verdict("si_zeros");
  assert.ok(error instanceof CandleError);
  assert.match(error.message, /row 1 and 199 more: open is 0, but prices are above 0$/);
});

sharedTest("si_mismatch is refused: four rows out of order", async () => {
  const error = await verdict("si_mismatch");
  assert.ok(error instanceof CandleError);
  assert.deepEqual(error.problems.map(({ row }) => row), [20, 40, 453, 474]);
  assert.ok(error.problems.every(({ reason }) => /is before the row above/.test(reason)));
});

sharedTest("si_toobig is accepted: its prices are enormous and consistent", async () => {
  const candles = await verdict("si_toobig");
  assert.ok(candles instanceof Candles);
  assert.deepEqual([candles.length, candles.timeframe], [1_246, "1d"]);
  assert.equal(candles.open[0], 42667410863718.8);
  assert.equal(candles.decimals, undefined, "too many ticks to be added exactly over a window");
});

sharedTest("five years of hours are read with their ten gaps", async () => {
  const candles = await readCandlesCsv(
    sharedPath("data/candles_binance_spot_btcusdt_1h_2020_2025.csv.gz"),
  );
  assert.deepEqual([candles.length, candles.timeframe, candles.decimals], [43_803, "1h", 2]);
  assert.equal(candles.time[0], Date.UTC(2020, 8, 20, 1));
  assert.equal(candles.gaps().length, 10);
});
