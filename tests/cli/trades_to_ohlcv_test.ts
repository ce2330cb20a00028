import assert from "node:assert/strict";
import { silentLines } from "../../engine/cli/silent_lines.ts";
import { tradesToOhlcvCommand } from "../../engine/cli/trades_to_ohlcv.ts";
import { type Candle, Candles } from "../../engine/market/candles.ts";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { naiveCandles, type PlainTrade } from "../market/naive_candles.ts";
import { sharedPath, sharedTest } from "../support/shared.ts";
import { inTempFolder } from "../support/temp_folder.ts";

const MINUTE = 60_000, NINE = Date.UTC(2024, 7, 8, 9);

/** Runs the command on a file and gives the candles that it wrote. */
async function convert(file: string, ...flags: string[]): Promise<Candle[]> {
  let rows: Candle[] = [];
  await inTempFolder(async (folder) => {
    const out = `${folder}/candles.csv.gz`;
    const args = [file, "--timeframe", "1m", "--out", out, ...flags];
    await tradesToOhlcvCommand().exitOverride().parseAsync(args, { from: "user" });
    rows = (await readCandlesCsv(out, { timeframe: "1m" })).rows();
  });
  return rows;
}

async function convertText(text: string, ...flags: string[]): Promise<Candle[]> {
  let rows: Candle[] = [];
  await inTempFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/tape.csv`, text);
    rows = await convert(`${folder}/tape.csv`, ...flags);
  });
  return rows;
}

/** Trades of one instrument: seconds after nine, price in cents, amount in hundred-millionths. */
const TRADES: [number, number, number][] = [
  [10, 10_000, 50_000_000],
  [60, 10_100, 30_000_000],
  [90, 10_050, 10_000_000],
  [119.999, 10_200, 20_000_000],
  [120, 9_900, 5_000_000],
  [301, 9_950, 700_000_000],
  [360, 9_960, 1],
  [361, 9_960, 1],
];

const plain: PlainTrade[] = TRADES.map(([second, cents, amountTicks]) => ({
  timestamp: NINE + second * 1_000,
  cents,
  amountTicks,
}));

const tape = "id,timestamp,price,amount,side\n" +
  plain.map(({ timestamp, cents, amountTicks }, i) =>
    `${i},${timestamp},${cents / 100},${amountTicks / 1e8},buy\n`
  ).join("");

for (const closed of ["left", "right"] as const) {
  Deno.test(`a tape becomes candles closed ${closed}, as by a naive aggregation`, async () => {
    const expected = naiveCandles(plain, "1m", closed);
    assert.deepEqual(await convertText(tape, "--closed", closed, "--empty"), expected);
    assert.deepEqual(
      await convertText(tape, "--closed", closed),
      expected.filter(({ kind }) => kind === "traded"),
    );
  });
}

const minutesOf = (rows: Candle[]) => rows.map(({ time }) => (time - NINE) / MINUTE);

Deno.test("a span that is declared complete counts to its ends, and cuts at them", async () => {
  const span = (...flags: string[]) => convertText(tape, "--empty", ...flags).then(minutesOf);
  assert.deepEqual(await span(), [2, 3, 4, 5, 6]);
  assert.deepEqual(await span("--from", "2024-08-08 09:00"), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(await span("--to", "2024-08-08 09:08"), [2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(await span("--from", "2024-08-08 09:02", "--to", "2024-08-08 09:05"), [3, 4, 5]);
});

Deno.test("closed right, what lies on the end of the declared span is in it", async () => {
  const upTo = tape.split("\n").slice(0, 8).join("\n") + "\n";
  const rows = await convertText(upTo, "--closed", "right", "--to", "2024-08-08 09:06");
  assert.deepEqual([rows.at(-1)!.time, rows.at(-1)!.close], [NINE + 6 * MINUTE, 99.6]);
  assert.deepEqual(minutesOf(await convertText(upTo, "--closed", "right")), [2]);
});

const TWO = "id,timestamp,price,amount,side,market,symbol\n" + [
  `1,${NINE + 10},5,1,buy,spot,ETH`,
  `1,${NINE + MINUTE + 20},100,1,buy,spot,BTC`,
  `2,${NINE + 2 * MINUTE + 5},6,1,buy,spot,ETH`,
  `2,${NINE + 2 * MINUTE - 1},101,1,buy,spot,BTC`,
  `3,${NINE + 4 * MINUTE},6,1,buy,spot,ETH`,
].join("\n");

Deno.test("another instrument ahead in time makes no trade late, and closes what is open at the end", async () => {
  const rows = await convertText(TWO, "--symbol", "BTC", "--empty");
  assert.deepEqual(minutesOf(rows), [2, 3, 4]);
  assert.deepEqual(rows.map(({ close, trades }) => [close, trades]), [[101, 2], [101, 0], [
    101,
    0,
  ]]);
});

Deno.test("a file with several instruments needs one to be chosen", async () => {
  await assert.rejects(convertText(TWO), {
    name: "InputError",
    message: /several instruments\. Choose one of --market spot --symbol ETH \(3 trades\), .*BTC/,
  });
  await assert.rejects(convertText(TWO, "--symbol", "XRP"), {
    name: "InputError",
    message: /no such instrument\. Choose one of --market spot --symbol ETH/,
  });
});

Deno.test("a file without a full interval, or without trades, is refused", async () => {
  const [header, first] = tape.split("\n");
  await assert.rejects(convertText(`${header}\n${first}\n`), {
    name: "InputError",
    message: /it spans no full interval/,
  });
  await assert.rejects(convertText(`${header}\n`), {
    name: "InputError",
    message: /it has no trades/,
  });
});

sharedTest("the Binance tape gives Binance's own candles", async () => {
  const tape = sharedPath("data/trades_binance_all6_recv_order_20240808.csv.gz");
  const rows = await convert(tape, "--market", "binance_um", "--symbol", "BTCUSDT");
  const from = Date.UTC(2024, 7, 8, 23, 55), to = Date.UTC(2024, 7, 9);
  const own = await readCandlesCsv(
    sharedPath("data/candles_binance_um_btcusdt_1m_20240808.csv.gz"),
    { from, to },
  );
  assert.equal(own.length, 5);
  assert.deepEqual(rows, own.rows());
});

Deno.test("where ids show that trades are missing there is no candle, empty ones asked for or not", async () => {
  // One trade every ten seconds for ten minutes; 3:10 to 5:30 are not there.
  const seconds = Array.from({ length: 61 }, (_, i) => 10 * i).filter((at) => at < 190 || at > 330);
  const rows = seconds.map((at) => `${at / 10},${NINE + 1_000 * at},1,1,buy\n`).join("");
  const text = "id,timestamp,price,amount,side\n" + rows;
  for (const flags of [[], ["--empty"]]) {
    assert.deepEqual(minutesOf(await convertText(text, ...flags)), [1, 2, 3, 7, 8, 9, 10]);
  }
});

const HEAD = "id,timestamp,price,amount,side,recv_ns\n";

function row(id: number, at: number, price: number, arrived = at): string {
  return `${id},${NINE + at},${price},1,buy,${NINE + arrived}000000\n`;
}

Deno.test("a trade that comes again is taken once, as a collector takes it", async () => {
  const rows = [
    row(1, 0, 5),
    row(2, 10_000, 6),
    row(2, 10_000, 6),
    row(2, 10_000, 500),
    row(3, 60_000, 7),
  ];
  const [first] = await convertText(HEAD + rows.join(""), "--from", "2024-08-08 09:00");
  assert.deepEqual([first.high, first.close, first.volume, first.trades], [6, 6, 2, 2]);
});

Deno.test("a trade from the far future is left out, and closes nothing", async () => {
  const ahead = row(3, 30 * 86_400_000, 900, 20_000),
    more = [row(4, 30_000, 7), row(5, 130_000, 8)];
  const tape = HEAD + [row(1, 0, 5), row(2, 10_000, 6), ahead, ...more].join("");
  const rows = await convertText(tape, "--empty");
  assert.ok(rows.length <= 2);
  assert.ok(rows.every(({ high }) => high < 900));
});

Deno.test("silence without end is refused", async () => {
  const tape = HEAD + row(1, 0, 5) + row(2, 50 * 365 * 86_400_000, 6);
  await inTempFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/tape.csv`, tape);
    const args = [`${folder}/tape.csv`, "--timeframe", "1s", "--empty", "--out", `${folder}/o.csv`];
    await assert.rejects(
      tradesToOhlcvCommand().exitOverride().parseAsync(args, { from: "user" }),
      { name: "InputError", message: /would be 1,576,800,000 of them\. Is a time wrong\?/ },
    );
  });
});

Deno.test("minutes that are left out since nobody traded are told, with what fills them", async () => {
  // Traded at 9:01, 9:02, 9:05 and, up to the tape's end, at 9:06 in part: 9:03 and 9:04 are silent.
  const told = (rows: Candle[]) => silentLines(Candles.fromRows("1m", rows));
  assert.deepEqual(told(await convertText(tape)), [
    "2 intervals of 1m without a trade left out: --empty fills those that were silent, on which a bot " +
    "decides too",
  ]);
  assert.deepEqual(told(await convertText(tape, "--empty")), []);
});
