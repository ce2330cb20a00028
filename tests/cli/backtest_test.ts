import assert from "node:assert/strict";
import { inTempFolder } from "../support/temp_folder.ts";
import { runCommand } from "./command.ts";

/** What `--json` has to have, as the issue lists it. */
const SUMMARY =
  ("finalEquity totalReturn cagr sharpe sortino calmar maxDrawdown maxDrawdownDays winRate " +
    "profitFactor expectancy trades openTrades fees exposure buyAndHold").split(" ");
const TRADE = "side entryTime entryPrice exitTime exitPrice amount fees pnl return reason".split(
  " ",
);

const MINUTE = 60_000, NINE = Date.UTC(2024, 7, 8, 9);

/**
 * Opens and closes of nine minutes. The mean of two closes is crossed upwards by the close of the
 * fourth (9 > 8.5) and downwards by that of the seventh (11 < 11.5).
 */
const OPENS = [10, 10, 9, 8, 9.5, 10, 12, 10.5, 8], CLOSES = [10, 9, 8, 9, 10, 12, 11, 8, 7];
const CROSS = ["--params", '{"fast":1,"slow":2}'];

/** Backtests the nine minutes with these flags. */
async function backtest(flags: readonly string[], column = "timestamp") {
  let ran: Awaited<ReturnType<typeof runCommand>> | undefined;
  await inTempFolder(async (folder) => {
    const rows = OPENS.map((open, i) => {
      const close = CLOSES[i], high = Math.max(open, close) + 1, low = Math.min(open, close) - 1;
      return [NINE + i * MINUTE, open, high, low, close, 5].join();
    });
    const path = `${folder}/candles.csv`;
    Deno.writeTextFileSync(path, [`${column},open,high,low,close,volume`, ...rows].join("\n"));
    const args = ["backtest", "strategies/sma_cross.ts", "--candles", path, ...CROSS, "--json"];
    ran = await runCommand([...args, ...flags]);
  });
  assert.equal(ran!.code, 0, ran!.err);
  return JSON.parse(ran!.out);
}

/** The one trade of the nine minutes, by hand. */
function expected({ entry = 9.5, exit = 10.5, fee = 0.001, slippage = 0, balance = 10_000 }) {
  const entryPrice = entry * (1 + slippage), exitPrice = exit * (1 - slippage);
  const amount = balance / (entryPrice * (1 + fee)), fees = amount * (entryPrice + exitPrice) * fee;
  const pnl = amount * (exitPrice - entryPrice) - fees;
  return { entryPrice, exitPrice, amount, fees, pnl, return: pnl / (amount * entryPrice) };
}

function assertNear(found: number, wanted: number, what: string): void {
  assert.ok(
    Math.abs(found - wanted) <= 1e-9 * Math.abs(wanted),
    `${what}: ${found}, not ${wanted}`,
  );
}

type Expected = Parameters<typeof expected>[0];

const FLAGS: readonly [flags: readonly string[], expected: Expected][] = [
  [[], {}],
  [["--fee", "0"], { fee: 0 }],
  [["--fee", "0.01"], { fee: 0.01 }],
  [["--slippage", "0.02"], { slippage: 0.02 }],
  [["--balance", "250"], { balance: 250 }],
  [["--fill", "close"], { entry: 9, exit: 11 }],
  [["--account", '{"fee":0.02,"balance":300,"spread":0.02}'], {
    fee: 0.02,
    balance: 300,
    slippage: 0.01,
  }],
  [["--account", '{"fee":0.02}', "--fee", "0.01"], { fee: 0.01 }],
  [["--fill", "next-open", "--fee", "0", "--slippage", "0.01", "--balance", "1"], {
    fee: 0,
    slippage: 0.01,
    balance: 1,
  }],
];

Deno.test("backtest --json gives the trade that its flags ask for, as computed by hand", async () => {
  for (const [flags, settings] of FLAGS) {
    const { summary, trades: [trade, ...more], candles, params } = await backtest(flags);
    const name = flags.join(" ");
    assert.deepEqual(more, [], name);
    assert.deepEqual([trade.side, trade.reason, params], ["long", "signal", { fast: 1, slow: 2 }]);
    for (const [key, value] of Object.entries(expected(settings))) {
      assertNear(trade[key], value, `${name} ${key}`);
    }
    assertNear(summary.finalEquity, (settings.balance ?? 10_000) + trade.pnl, `${name} equity`);
    assert.deepEqual([summary.trades, summary.openTrades, candles.count], [1, 0, 9]);
  }
});

Deno.test("backtest --json has the keys of the issue, numbers or spelled", async () => {
  const { summary, trades } = await backtest([]);
  for (const key of SUMMARY) {
    assert.ok(typeof summary[key] === "number" || summary[key] === "NaN", key);
  }
  for (const key of TRADE) assert.ok(key in trades[0], key);
});

Deno.test("backtest takes timestamp for the open and time for the close, unless told", async () => {
  const cases = [["timestamp", "", 0], ["time", "", -1], ["timestamp", "close", -1], [
    "time",
    "open",
    0,
  ]];
  for (const [column, stamp, shift] of cases as [string, string, number][]) {
    const { trades: [trade] } = await backtest(stamp ? ["--stamp", stamp] : [], column);
    // Bought at the open of the fifth minute.
    assert.equal(trade.entryTime, NINE + (4 + shift) * MINUTE, `${column} ${stamp}`);
    assert.equal(trade.exitTime, NINE + (7 + shift) * MINUTE, `${column} ${stamp}`);
  }
});

Deno.test("backtest --from and --to take whole candles only", async () => {
  const count = async (...flags: string[]) => (await backtest(flags)).candles.count;
  assert.equal(await count("--from", "2024-08-08 09:02"), 7);
  assert.equal(await count("--from", `${NINE + 1}`), 8);
  assert.equal(await count("--to", "2024-08-08 09:08:59"), 8);
  assert.equal(await count("--from", "2024-08-08T09:01", "--to", "2024-08-08T09:04"), 3);
  const late = await backtest(["--from", "2024-08-08 09:04"]);
  assert.deepEqual(late.trades, []);
});

Deno.test("backtest of a config uses its parameters and account, and prints a table", async () => {
  const path = "strategies/rsi_reversion_1m.json";
  const { params } = JSON.parse(Deno.readTextFileSync(path)).strategy;
  const args = ["backtest", path, "--candles", "data/sample_candles_1m.csv.gz"];
  const [json, table, all] = await Promise.all(
    [["--json"], [], ["--all"]].map((flags) => runCommand([...args, ...flags])),
  );
  const result = JSON.parse(json.out);
  assert.deepEqual(result.params, params);
  assert.equal(result.account.fee, 0.0005);
  const dearer = await runCommand([...args, "--fee", "0.002", "--json"]);
  const { account, summary } = JSON.parse(dearer.out);
  assert.equal(account.fee, 0.002);
  assert.ok(summary.finalEquity < result.summary.finalEquity);
  assert.equal(result.candles.gaps.length, 1);
  assert.equal(table.code, 0);
  assert.match(table.out, new RegExp(`Closed trades +${result.summary.trades}\\b`));
  assert.match(table.out, /Note: 1 gaps?, 7 candles missing/);
  assert.deepEqual([table.err, json.err, all.err], ["", "", ""]);
  assert.match(all.out, /Ulcer index +[\d.]+% {3}Martin ratio/);
  assert.doesNotMatch(table.out, /Ulcer/);
});

Deno.test("a strategy's candles are made of shorter ones; a config says of which", () =>
  inTempFolder(async (folder) => {
    const { candles, timeframe, run } = await backtest(["--timeframe", "3m"]);
    assert.deepEqual([run.timeframe, run.candles.timeframe], ["3m", "1m"]);
    assert.deepEqual([timeframe, candles.timeframe, candles.count], ["3m", "1m", 9]);
    const text = Deno.readTextFileSync("strategies/sma_cross_1m.json");
    const path = `${folder}/bot.json`, config = JSON.parse(text);
    Object.assign(config.market, { timeframe: "1h", base: "30m" });
    Deno.writeTextFileSync(path, JSON.stringify(config));
    const args = ["backtest", path, "--candles", "data/sample_candles_1h.csv.gz"];
    const other = await runCommand(args);
    assert.equal(other.code, 1);
    assert.match(other.err, /trades 1h candles that are made of 30m ones, but .* has 1h/);
    const twice = await runCommand([...args, "--timeframe", "2h"]);
    assert.match(twice.err, /--timeframe is for strategies: .* is a config, with 1h/);
  }));
