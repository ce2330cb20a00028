import assert from "node:assert/strict";
import { inTempFolder } from "../support/temp_folder.ts";
import { runCommand } from "./command.ts";

const NINE = Date.UTC(2024, 7, 8, 9), MINUTE = 60_000;
const CROSS = ["--params", '{"fast":1,"slow":2}', "--fee", "0"];

/** Closes that cross their mean of two upwards at the fourth and downwards at the seventh minute. */
const CLOSES = [10, 9, 8, 9, 10, 12, 11, 8, 7];

/** Writes the minutes of an instrument; each opens where the one before closed. */
function write(path: string, closes: readonly number[]): void {
  const rows = closes.map((close, i) => {
    const open = closes[i - 1] ?? close, high = Math.max(open, close), low = Math.min(open, close);
    return [NINE + i * MINUTE, open, high, low, close, 5].join();
  });
  Deno.writeTextFileSync(path, ["timestamp,open,high,low,close,volume", ...rows].join("\n"));
}

async function backtest(flags: (folder: string) => readonly string[]) {
  let ran: Awaited<ReturnType<typeof runCommand>> | undefined;
  await inTempFolder(async (folder) => {
    write(`${folder}/a.csv`, CLOSES);
    write(`${folder}/b.csv`, CLOSES.map((close) => 2 * close));
    ran = await runCommand(["backtest", "strategies/sma_cross.ts", ...flags(folder)]);
  });
  return ran!;
}

Deno.test("several --candles by their symbols share one account", async () => {
  const { code, out, err } = await backtest((folder) => [
    ...["--candles", `BTC/USDT=${folder}/a.csv`, "--candles", `ETH/USDT=${folder}/b.csv`],
    ...CROSS,
    "--json",
  ]);
  assert.equal(code, 0, err);
  const { trades, summary, candles, contributions } = JSON.parse(out);
  // Both buy at the open of the fifth minute (9 and 18) with half of 10,000 each, and sell at 11 and 22.
  const expected = [["BTC/USDT", 9, 11, 5_000 / 9], ["ETH/USDT", 18, 22, 5_000 / 18]];
  assert.equal(trades.length, 2);
  for (const [n, [instrument, entry, exit, amount]] of expected.entries()) {
    assert.equal(trades[n].instrument, instrument);
    assert.deepEqual([trades[n].entryPrice, trades[n].exitPrice], [entry, exit]);
    assert.ok(Math.abs(trades[n].amount - (amount as number)) < 1e-9);
  }
  assert.ok(Math.abs(summary.finalEquity - 10_000 * 11 / 9) < 1e-6);
  assert.equal(candles["ETH/USDT"].count, 9);
  assert.deepEqual(contributions.map(({ trades }: { trades: number }) => trades), [1, 1]);
});

Deno.test("instruments by shorter candles than the strategy's own", async () => {
  const { code, out, err } = await backtest((folder) => [
    ...["--candles", `BTC/USDT=${folder}/a.csv`, "--candles", `ETH/USDT=${folder}/b.csv`],
    ...[...CROSS, "--timeframe", "3m"],
  ]);
  assert.equal(code, 0, err);
  assert.match(out, /over 9 1m candles that make 3m ones, 2024-08-08T09:00/);
});

Deno.test("--portfolio says how they share it, and the table says what each did", async () => {
  const { code, out, err } = await backtest((folder) => [
    ...["--candles", `BTC/USDT=${folder}/a.csv`, "--candles", `ETH/USDT=${folder}/b.csv`],
    ...CROSS,
    ...["--portfolio", '{"maxOpenPositions":1,"priority":["ETH/USDT"]}'],
  ]);
  assert.equal(code, 0, err);
  assert.match(
    out,
    /^sma_cross \(fast 1, slow 2\) on ETH\/USDT, BTC\/USDT, one account, over 9 1m/,
  );
  assert.match(out, /\nETH\/USDT +2,222\.22 +0\.22222 +1 /);
  assert.match(out, /\nBTC\/USDT +0\.00 +0\.00000 +0 /);
  assert.match(out, /Note: once an entry was refused: as many positions were open as may be/);
});

const REFUSED: [flags: string[], message: RegExp][] = [
  [["--candles", "A=a.csv", "--candles", "b.csv"], /--candles b.csv names no instrument: .*A?=?/],
  [["--candles", "A=a.csv", "--candles", "A=b.csv"], /--candles names A twice/],
  [["--candles", "a.csv", "--portfolio", "{}"], /--portfolio is for instruments by name/],
  [
    ["--candles", "A=a.csv", "--portfolio", '{"weight":"equal"}'],
    /portfolio has no option "weight": did you mean "weights"/,
  ],
];

for (const [flags, message] of REFUSED) {
  Deno.test(`a portfolio is refused: ${flags.join(" ")}`, async () => {
    const { code, err } = await backtest((folder) =>
      flags.map((flag) => flag.replace(/([ab]\.csv)/, `${folder}/$1`))
    );
    assert.notEqual(code, 0);
    assert.match(err.replaceAll(/\/\S*\//g, ""), message);
  });
}
