import assert from "node:assert/strict";
import { type AccountSettings, allSettings } from "../../../engine/account/settings.ts";
import { accountSettings } from "../../../engine/research/account_settings.ts";
import { backtest, type BacktestOptions } from "../../../engine/research/backtest.ts";
import { SWEEP_NUMBERS } from "../../../engine/research/sweep/numbers.ts";
import { isPlain } from "../../../engine/research/sweep/plain_lane.ts";
import { sweep } from "../../../engine/search/sweep.ts";
import { sma } from "../../../engine/series/mod.ts";
import { whole } from "../../../engine/strategy/parameters.ts";
import { strategy } from "../../../engine/strategy/strategy.ts";
import { Candles } from "../../../engine/market/candles.ts";
import smaCross from "../../../strategies/sma_cross.ts";
import { madeCandles } from "../../laws/made_candles.ts";

const candles = madeCandles({ rows: 6_000, seed: 12 });
const SETS = [{ fast: 3, slow: 9 }, { fast: 5, slow: 14 }];

/** Whether the quick lane takes an account. */
const isQuick = (account: Partial<AccountSettings>) =>
  isPlain(smaCross, allSettings(accountSettings(account, false)));

/** A sweep's numbers are a backtest's; returns what each set earned, as it is told by backtests. */
async function assertSame(options: BacktestOptions): Promise<number[]> {
  const found = await sweep(smaCross, candles, SETS, options);
  return SETS.map((params, set) => {
    const summary = backtest(smaCross, candles, { ...options, params }).summary();
    const row = found.row(set);
    for (const name of SWEEP_NUMBERS) {
      const isNear = Math.abs(row[name] - summary[name]) <= 1e-12 * Math.abs(summary[name]);
      assert(isNear || Object.is(row[name], summary[name]), `${name}: ${row[name]}`);
    }
    return summary.totalReturn;
  });
}

/** Each setting that makes more of an account than the quick lane knows. */
const FURTHER: Partial<AccountSettings> = {
  sizing: "quote",
  lot: 0.5,
  minNotional: 9_990,
  fixedFee: 2,
  impact: 0.05,
  leverage: 3,
  fundingRate: 0.001,
  maxDrawdown: 0.02,
  dailyLoss: 0.005,
  maxTradesPerDay: 1,
  maxLossesInRow: 2,
};

/** What belongs to a setting. */
const WITH: Partial<Record<keyof AccountSettings, Partial<AccountSettings>>> = {
  sizing: { size: 2_000 },
  leverage: { maintenanceMargin: 0.005 },
};

for (const [name, value] of Object.entries(FURTHER)) {
  Deno.test(`a sweep with ${name} is its backtests, and not those without`, async () => {
    const account = { fee: 0.0005, ...WITH[name as keyof AccountSettings], [name]: value };
    assert(!isQuick(account));
    const found = await assertSame({ account });
    assert.notDeepEqual(found, await assertSame({ account: { fee: 0.0005 } }));
  });
}

Deno.test("a sweep over rates of funding is its backtests, and not those without", async () => {
  const time = Array.from({ length: 12 }, (_, i) => candles.time[400 * (i + 1)]);
  const funding = { time, rate: time.map((_, i) => 0.001 * (i + 1)) };
  assert(isQuick({}));
  assert.notDeepEqual(await assertSame({ funding }), await assertSame({}));
});

Deno.test("a sweep of accounts that come to nothing is its backtests", async () => {
  const seller = strategy("seller", { window: whole(2) }, {
    build: ({ window }, { close }) => ({
      enterShort: close.above(sma(close, window)),
      exitShort: close.below(0),
    }),
  });
  const rises = Candles.fromRows(
    "1h",
    Array.from({ length: 24 * 60 }, (_, i) => {
      const price = 100 + i / 10, rest = { volume: 1, trades: 1, kind: "traded" as const };
      return {
        time: (i + 1) * 3_600_000,
        open: price,
        high: price,
        low: price,
        close: price,
        ...rest,
      };
    }),
  );
  const found = await sweep(seller, rises, [{ window: 2 }], { account: { shorts: true } });
  const summary = backtest(seller, rises, { account: { shorts: true } }).summary();
  assert.equal(summary.finalEquity, 0);
  assert(summary.sharpe < 0);
  assert.equal(found.row(0).sharpe, summary.sharpe);
});

Deno.test("a sweep that begins later is its backtests, to the candle", async () => {
  const { signals } = backtest(smaCross, candles, { params: SETS[0] });
  const entries = signals.rows.filter(({ action }) => action === "enterLong").slice(0, 5);
  assert.equal(entries.length, 5);
  for (const { time } of entries) {
    await assertSame({ start: new Date(time - 60_000).toISOString() });
  }
});

Deno.test("of sets that are equal the one that was tried first comes first", async () => {
  const found = await sweep(smaCross, candles, [SETS[1], SETS[0], SETS[1], SETS[0]], { keep: 4 });

  assert.deepEqual([...found.order].sort(), [0, 1, 2, 3]);
  assert(found.order[0] < found.order[1] && found.order[2] < found.order[3]);
});
