import assert from "node:assert/strict";
import type { AccountSettings } from "../../../engine/account/settings.ts";
import { Candles } from "../../../engine/market/candles.ts";
import { backtest } from "../../../engine/research/backtest.ts";
import { stress } from "../../../engine/research/stress/stress.ts";
import { number } from "../../../engine/strategy/parameters.ts";
import { strategy } from "../../../engine/strategy/strategy.ts";

/** Buys behind a close of 101; a tenth up it is sold by an order that waits, a fifth down by a stop. */
const buyer = strategy("buyer", { level: number(100.5, { min: 0, max: 1_000 }) }, {
  build: ({ level }, { close }) => ({
    enterLong: close.above(level),
    exitLong: close.below(1),
    takeProfit: 0.1,
    stopLoss: 0.2,
  }),
});

/** Opens, highs, lows and closes: the target is reached on row 3, the stop on row 7. */
const ROWS: readonly (readonly [number, number, number, number])[] = [
  [100, 101, 99, 101],
  [100, 101, 99, 100],
  [102, 102, 99, 100],
  [100, 125, 99, 100],
  [100, 101, 99, 101],
  [100, 101, 99, 100],
  [102, 102, 99, 100],
  [100, 101, 79, 100],
  [100, 101, 99, 100],
];

const candles = Candles.fromRows(
  "1d",
  ROWS.map(([open, high, low, close], i) => ({
    ...{ time: Date.UTC(2024, 0, i + 2), open, high, low, close, volume: 100 },
    ...{ trades: 1, kind: "traded" as const },
  })),
);

/** What both trades depend on, as fractions of the price but for `each`, which is money. */
interface Costs {
  taker: number;
  maker: number;
  each: number;
  /** What market fills and stops are worse. */
  worse: number;
  stop: number;
  /** The price at which both are bought. */
  open: number;
}

/** Ten units bought twice, sold once by the target and once by the stop. */
function worked({ taker, maker, each, worse, stop, open }: Costs) {
  const bought = open * (1 + worse), target = bought * 1.1, level = bought * 0.8;
  const stopped = level * (1 - stop);
  const fees = 10 * (2 * taker * bought + maker * target + taker * stopped) + 4 * each;
  const gained = 10 * (target + stopped - 2 * bought) - fees;
  return { totalReturn: gained / 10_000, fees };
}

/** The table's rows, and those worked by hand, side by side. */
function same(account: Partial<AccountSettings>, costs: readonly Costs[]) {
  const settings = { sizing: "units", size: 10, ...account } as const;
  const { rows } = stress(backtest(buyer, candles, { account: settings }));
  assert.equal(rows.length, costs.length);
  costs.map(worked).forEach(({ totalReturn, fees }, i) => {
    const { name, trades } = rows[i],
      near = (a: number, b: number, what: string) =>
        assert(
          Math.abs(a - b) < 1e-12 * Math.max(1, Math.abs(b)),
          `${name}: ${what} ${a}, not ${b}`,
        );
    assert.equal(trades, 2);
    near(rows[i].totalReturn, totalReturn, "totalReturn");
    near(rows[i].fees, fees, "fees");
  });
  return rows.map(({ name }) => name);
}

Deno.test("every cost of an account rises, worked by hand", () => {
  const fees = { taker: 0.01, maker: 0.005, each: 1 }, dear = { taker: 0.02, maker: 0.01, each: 2 };
  // 0.01, half of 0.02, and a tenth (10 of 100) of 0.1.
  const fills = { worse: 0.03, stop: 0.02 }, rough = { worse: 0.09, stop: 0.06 };
  const soon = { open: 100 }, late = { open: 102 };
  same({
    ...{ fee: 0.01, makerFee: 0.005, fixedFee: 1 },
    ...{ slippage: 0.01, spread: 0.02, impact: 0.1, stopSlippage: 0.02 },
  }, [
    { ...fees, ...fills, ...soon },
    { ...dear, ...fills, ...soon },
    { ...fees, ...rough, ...soon },
    { ...fees, ...fills, ...late },
    { ...dear, ...rough, ...late },
  ]);
});

/** The rows of an account without fees, whose fills and stops are so much worse, then and under stress. */
function fills(worse: number, stop: number, roughWorse: number, roughStop: number): Costs[] {
  const free = { taker: 0, maker: 0, each: 0 }, own = { worse, stop }, soon = { open: 100 };
  const rough = { worse: roughWorse, stop: roughStop }, late = { open: 102 };
  return [
    { ...free, ...own, ...soon },
    { ...free, ...own, ...soon },
    { ...free, ...rough, ...soon },
    { ...free, ...own, ...late },
    { ...free, ...rough, ...late },
  ];
}

Deno.test("stops fill worse, too, where their own slippage is 0, little, or not given", () => {
  const usual = { fee: 0, slippage: 0.01, spread: 0.02 };
  same({ ...usual, stopSlippage: 0 }, fills(0.02, 0, 0.06, 0.04));
  same({ ...usual, stopSlippage: 0.005 }, fills(0.02, 0.005, 0.06, 0.045));
  same({ ...usual, stopSlippage: 0.03 }, fills(0.02, 0.03, 0.06, 0.09));
  same(usual, fills(0.02, 0.02, 0.06, 0.06));
});

Deno.test("where stops or all fills are at the price, three times 0.05 % is assumed and told", () => {
  const told = "slippage × 3 (of 0.05 %, assumed)";
  assert.equal(same({ fee: 0 }, fills(0, 0, 0.0015, 0.0015))[2], told);
  assert.equal(same({ fee: 0, stopSlippage: 0 }, fills(0, 0, 0.0015, 0.0015))[2], told);
  const little = same({ fee: 0, stopSlippage: 0.0001 }, fills(0, 0.0001, 0.0015, 0.0016));
  assert.equal(little[2], told);
  const moved = { fee: 0, impact: 0.1 };
  assert.equal(same({ ...moved, stopSlippage: 0 }, fills(0.01, 0, 0.03, 0.0015))[2], told);
  const own = same({ ...moved, stopSlippage: 0.01 }, fills(0.01, 0.01, 0.03, 0.03));
  assert.equal(own[2], "slippage × 3");
});
