import { tradesOften } from "./parity_configs.ts";
import assert from "node:assert/strict";
import { type AccountSettings, DEFAULT_ACCOUNT, SETTINGS } from "../../engine/account/settings.ts";
import { INTERVENTIONS } from "../../engine/account/interventions.ts";
import { STOPS } from "../../engine/account/stop_rules.ts";
import { Candles } from "../../engine/market/candles.ts";
import { atr, crossesAbove, crossesBelow, rsi, sma } from "../../engine/series/mod.ts";
import type { Numeric } from "../../engine/series/expression.ts";
import { whole } from "../../engine/strategy/parameters.ts";
import { type Built, mayBeShort, strategy } from "../../engine/strategy/strategy.ts";
import type { Asked } from "../../engine/run/decide_candles.ts";
import type { RunSpec } from "../../engine/run/run.ts";
import { allStrategies } from "./all_strategies.ts";
import { assertChunkLaw } from "./chunk_law.ts";
import { runMachine } from "./run_machine.ts";
import { madeCandles, madeTogether } from "./made_candles.ts";

const ACCOUNTS: Partial<AccountSettings>[] = [
  { fee: 0.0001, slippage: 0.0002 },
  { fee: 0, fill: "close", size: 0.5, lot: 0.01 },
];

/** Every setting that there is, none of which ends the run. */
const EVERY_SETTING: AccountSettings = {
  ...DEFAULT_ACCOUNT,
  fee: 0.00001,
  slippage: 0.00001,
  size: 0.0002,
  sizing: "risk",
  shorts: true,
  lot: 0.001,
  makerFee: 0,
  fixedFee: 0.001,
  spread: 0.00001,
  impact: 0.00001,
  stopSlippage: 0.00002,
  tick: 0.01,
  minNotional: 2_000,
  rebalanceThreshold: 0.01,
  fundingRate: 0.00001,
  fundingHours: 1,
  leverage: 2,
  maintenanceMargin: 0.01,
  maxDrawdown: 0.9,
  dailyLoss: 0.002,
  cooldown: 2,
  maxTradesPerDay: 300,
  maxLossesInRow: 500,
};

/** Every stop, and entries that wait as `entry` says. */
const everyStop = (entry: (range: Numeric) => Partial<Built>, breakEven = 0.0004, target = 3) =>
  strategy("every_stop", { window: whole(5, { min: 2 }) }, {
    build({ window }, { close }) {
      const range = atr(window), quick = sma(close, 3), steady = sma(close, 8);
      return {
        enterLong: crossesAbove(quick, steady).or(crossesAbove(close, quick)),
        reduceLong: crossesBelow(close, quick),
        reduceShort: crossesAbove(close, quick),
        exitLong: crossesBelow(quick, steady).and(close.below(quick)),
        enterShort: crossesBelow(quick, steady),
        confidence: rsi(close, 9).over(100),
        volatility: range.over(close),
        stopLoss: range.times(2),
        takeProfit: range.times(target),
        trailingStop: range.times(2.5),
        breakEven,
        timeStop: window.minus(1),
        ...entry(range),
        series: { range },
      };
    },
  });

/** How entries wait, by how positions are sized. */
const ENTRIES = {
  risk: (range: Numeric) => ({
    maxEntries: 3,
    size: range.over(200),
    firstTarget: range,
    firstPart: 0.3,
    secondTarget: 0.0006,
    secondPart: 0.4,
    reducePart: 0.2,
  }),
  volatility: (range: Numeric) => ({ limitEntry: range.over(4), timeInForce: 3 }),
  fraction: () => ({ stopEntry: 0.0001, timeInForce: 2 }),
} satisfies Record<string, (range: Numeric) => Partial<Built>>;

Deno.test("every setting of an account is tried", () => {
  assert.deepEqual(Object.keys(EVERY_SETTING).toSorted(), Object.keys(SETTINGS).toSorted());
  const stops = Object.values(ENTRIES).flatMap((entry) => Object.keys(everyStop(entry).stops));
  assert.deepEqual([...new Set(stops)].toSorted(), Object.keys(STOPS).toSorted());
});

/** What the strategies run on, and by what their fills go. */
const CLOCKS: Pick<RunSpec, "timeframe" | "base">[] = [
  { timeframe: "1m" },
  { timeframe: "3m", base: "1m" },
];

for (
  const [[sizing, entry], clocks] of Object.entries(ENTRIES).flatMap((one) =>
    CLOCKS.map((clocks) => [one, clocks] as const)
  )
) {
  const clock = clocks.base ? ", on a base clock" : "";
  Deno.test(`Law 1, every setting and every stop, sized by ${sizing}${clock}`, () => {
    const candles = madeCandles({ rows: 17_000, seed: 5 }), { decimals } = candles;
    const size = sizing === "fraction" ? 0.25 : EVERY_SETTING.size;
    const account = { ...EVERY_SETTING, sizing: sizing as keyof typeof ENTRIES, size };
    // Longer candles have wider stops, so that a position at the same risk is smaller; and a stop that
    // moves by the minute leaves the more distant ones little to do.
    if (clocks.base) Object.assign(account, { minNotional: 600, dailyLoss: 0.001 });
    const strategy = clocks.base ? everyStop(entry, 0.001, 1.2) : everyStop(entry);
    const spec = { strategy, parameters: {} };
    const machine = runMachine({ ...spec, account, ...clocks, decimals }, candles.length);
    const { told: { fills, refusals } } = assertChunkLaw(machine, candles, 1);
    const reasons = [...fills, ...refusals].map(({ reason }): string => reason);
    const wanted = ["reversal", "stopLoss", "takeProfit", "trailingStop", "breakEven"];
    const parts = sizing === "risk" ? ["firstTarget", "secondTarget"] : [];
    for (
      const reason of [...wanted, ...parts, "reduction", "timeStop", "dailyLoss", "protection"]
    ) {
      assert(reasons.includes(reason), `nothing for ${reason}: ${[...new Set(reasons)]}`);
    }
  });
}

Deno.test("Law 1, liquidations and rates of funding", () => {
  const plain = madeCandles({ rows: 17_000, seed: 5 }), { timeframe, decimals, close } = plain;
  const funding = close.map((price, i) =>
    i % 60 === 0 ? (Math.round(price * 100) % 9 - 4) / 1e5 : 0
  );
  const candles = new Candles(timeframe, { ...plain, funding }, decimals);
  const cross = strategy("cross", {}, {
    build(_, { close }) {
      const quick = sma(close, 5), steady = sma(close, 20);
      return {
        enterLong: crossesAbove(quick, steady),
        enterShort: crossesBelow(quick, steady),
        reduceLong: crossesBelow(close, quick),
      };
    },
  });
  const account = {
    ...{ ...DEFAULT_ACCOUNT, shorts: true, fee: 0.00001, size: 0.02, lot: 0.01 },
    ...{ leverage: 500, maintenanceMargin: 0.0015 },
  };
  const spec = { strategy: cross, parameters: {}, account, timeframe, decimals };
  const { told: { trades } } = assertChunkLaw(runMachine(spec, candles.length), candles, 2);
  const taken = trades.filter(({ reason }) => reason === "liquidation");
  assert(taken.length >= 50 && taken.length < trades.length - 50, `${taken.length} liquidations`);
  assert(trades.some(({ funding }) => funding > 0) && trades.some(({ funding }) => funding < 0));
});

Deno.test("Law 1, what people ask of an account meanwhile", () => {
  const candles = madeCandles({ rows: 17_000, seed: 5 }), { timeframe, decimals, time } = candles;
  const asked = Array.from({ length: 450 }, (_, n): Asked => {
    return { at: time[37 + 37 * n], asked: INTERVENTIONS[n % INTERVENTIONS.length] };
  });
  const account = { ...EVERY_SETTING, size: 0.25, sizing: "fraction" as const };
  const strategy = everyStop(ENTRIES.fraction);
  const spec = { strategy, parameters: {}, account, timeframe, decimals };
  const machine = runMachine(spec, candles.length, undefined, asked);
  const { told: { trades, refusals } } = assertChunkLaw(machine, candles, 3);
  const manual = trades.filter(({ reason }) => reason === "manual");
  const paused = refusals.filter(({ reason }) => reason === "paused");
  assert(manual.length >= 20, `${manual.length} closed by people`);
  assert(paused.length >= 100, `${paused.length} refused because of a pause`);
});

const strategies = await allStrategies();

Deno.test("The strategies folder is read", () => {
  assert(strategies.length >= 3);
});

for (const strategy of strategies) {
  Deno.test(`Law 1, strategy and account: ${strategy.name}`, () => {
    const candles = madeTogether({ rows: 17_000, seed: 5 }), { timeframe, decimals } = candles;
    for (const [n, account] of ACCOUNTS.entries()) {
      const spec = {
        strategy,
        parameters: {},
        account: { ...DEFAULT_ACCOUNT, shorts: mayBeShort(strategy), ...account },
        timeframe,
        decimals,
        start: n === 0 ? undefined : candles.time[700],
      };
      const { told: { trades } } = assertChunkLaw(runMachine(spec, candles.length), candles, n);
      assert(
        trades.length >= 20 || !tradesOften(`${strategy.name}-`),
        `only ${trades.length} trades`,
      );
    }
  });
}
