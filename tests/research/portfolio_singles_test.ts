/** A portfolio beside single runs of its instruments, on real candles. */
import assert from "node:assert/strict";
import type { AccountSettings } from "../../engine/account/settings.ts";
import type { Candles } from "../../engine/market/candles.ts";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { resample } from "../../engine/market/resample.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { backtestPortfolio } from "../../engine/research/backtest_portfolio.ts";
import { crossesAbove, crossesBelow, ema } from "../../engine/series/mod.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import rsiReversion from "../../strategies/rsi_reversion.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { sharedPath, sharedTest } from "../support/shared.ts";

/** Both sides, with stops, so that positions of several instruments overlap in every way. */
const both = strategy("both", {}, {
  build: (_, { close }) => ({
    enterLong: crossesAbove(ema(close, 9), ema(close, 40)),
    enterShort: crossesBelow(ema(close, 9), ema(close, 40)),
    stopLoss: 0.08,
    takeProfit: 0.3,
    trailingStop: 0.15,
  }),
});

/** Three instruments of other spans and gaps. */
async function readInstruments(): Promise<Record<string, Candles>> {
  const read = async (name: string) =>
    resample(await readCandlesCsv(sharedPath(`data/candles_${name}.csv.gz`)), "4h");
  return {
    "XRP/USDT": await read("binance_spot_xrpusdt_30m_2020_2025"),
    "BTC/USD": await read("coinbase_btcusd_4h_2016_2025"),
    "ETH/USD": await read("coinbase_ethusd_4h_2016_2025"),
  };
}

let read: Promise<Record<string, Candles>> | undefined;
const instruments = () => read ??= readInstruments();

const cases: [name: string, account: Partial<AccountSettings>][] = [
  ["fixed money", { sizing: "quote", size: 700 }],
  ["fixed money at the close", { sizing: "quote", size: 700, fill: "close", slippage: 0.0005 }],
];

for (const [name, account] of cases) {
  for (const tried of [smaCross, rsiReversion, both]) {
    sharedTest(
      `three instruments trade as alone where cash does not bind: ${tried.name}, ${name}`,
      async () => {
        const candles = await instruments();
        const options = { account: { ...account, balance: 1_000_000 } };
        const whole = backtestPortfolio(tried, candles, options);
        let trades = 0, profit = 0;
        for (const [instrument, own] of Object.entries(candles)) {
          const alone = backtest(tried, own, options);
          const part = <T extends { instrument: string }>(rows: readonly T[]) =>
            rows.filter((row) => row.instrument === instrument)
              .map(({ instrument: _, ...row }) => row);
          assert.deepEqual(part(whole.trades.rows), alone.trades.rows);
          assert.deepEqual(part(whole.signals.rows), alone.signals.rows);
          assert.deepEqual(part(whole.open.rows), alone.open ? [alone.open] : []);
          const fills = (rows: readonly { cash: number }[]) =>
            rows.map(({ cash: _, ...row }) => row);
          assert.deepEqual(fills(part(whole.fills.rows)), fills(alone.fills.rows));
          assert(alone.trades.length > 50, `${alone.trades.length} trades`);
          trades += alone.trades.length;
          profit += alone.equity.column("equity").at(-1)! - 1_000_000;
        }
        assert.equal(whole.trades.length, trades);
        assert.equal(whole.refusals.length, 0);
        const gained = whole.equity.column("equity").at(-1)! - 1_000_000;
        assert(Math.abs(gained - profit) < 1e-6, `${gained} is not ${profit}`);
      },
    );
  }
}

sharedTest("a portfolio of one instrument is a backtest of it, bit for bit", async () => {
  const { "XRP/USDT": candles } = await instruments();
  for (const tried of [smaCross, both]) {
    const account = {
      ...{ maxDrawdown: 0.5, dailyLoss: 0.1, cooldown: 3, slippage: 0.001 },
      ...{ fundingRate: 0.0001, impact: 0.1 },
    };
    const alone = backtest(tried, candles, { account });
    const whole = backtestPortfolio(tried, { it: candles }, { account });
    assert.deepEqual(whole.trades.rows.map(({ instrument: _, ...row }) => row), alone.trades.rows);
    assert.deepEqual(whole.fills.rows.map(({ instrument: _, ...row }) => row), alone.fills.rows);
    for (const name of ["time", "equity", "cash", "drawdown"] as const) {
      assert.deepEqual(whole.equity.column(name), alone.equity.column(name), name);
    }
    assert.deepEqual(whole.positions.column("it"), alone.equity.column("position"));
    const { settings: _, ...numbers } = whole.summary(), single = alone.summary();
    for (const [name, value] of Object.entries(numbers)) {
      const expected = single[name as keyof typeof numbers];
      if (Number.isNaN(expected)) assert(Number.isNaN(value), name);
      else assert(Math.abs(value - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), name);
    }
  }
});

sharedTest("strategies on longer candles than those that are given trade as alone", async () => {
  const { "BTC/USD": btc, "ETH/USD": eth } = await instruments();
  const options = {
    account: { sizing: "quote" as const, size: 700, balance: 1_000_000 },
    timeframe: "1d" as const,
  };
  const whole = backtestPortfolio(both, { btc, eth }, options);
  for (const [instrument, own] of Object.entries({ btc, eth })) {
    const alone = backtest(both, own, options);
    const part = whole.trades.rows.filter((row) => row.instrument === instrument);
    assert.deepEqual(part.map(({ instrument: _, ...row }) => row), alone.trades.rows);
    assert(part.length > 20, `${part.length} trades`);
  }
});

sharedTest("the account acts from the start on, and indicators are warm by then", async () => {
  const { "BTC/USD": btc, "ETH/USD": eth } = await instruments(), start = Date.UTC(2022, 5, 1);
  const options = { account: { sizing: "quote" as const, size: 700, balance: 1_000_000 }, start };
  const whole = backtestPortfolio(smaCross, { btc, eth }, options);
  const alone = [btc, eth].flatMap((candles) => backtest(smaCross, candles, options).trades.rows);
  assert.equal(whole.trades.length, alone.length);
  assert.equal(whole.equity.column("time")[0], start + 4 * 3_600_000);
  assert.deepEqual(
    new Set(whole.trades.rows.map(({ entryTime, pnl }) => `${entryTime} ${pnl}`)),
    new Set(alone.map(({ entryTime, pnl }) => `${entryTime} ${pnl}`)),
  );
});
