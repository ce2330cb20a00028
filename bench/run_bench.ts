import smaCross from "../strategies/sma_cross.ts";
import { backtest } from "../engine/research/backtest.ts";
import { fusedCrossover } from "./fused_loop.ts";
import { synthYear } from "../tests/support/synth.ts";

const candles = synthYear(), params = { fast: 20, slow: 50 };
const account = { fill: "close", fee: 0.001 } as const;

const run = () => backtest(smaCross, candles, { params, account });
const fused = () => fusedCrossover(candles.time, candles.close, 20, 50, 0.001, 10_000);

const found = run(), expected = fused();
if (2 * found.trades.length + (found.open ? 1 : 0) !== expected.orders) {
  throw new Error(
    `The two must do the same: ${found.trades.length} trades, ${expected.orders} orders`,
  );
}

Deno.bench("fused loop: 525,600 rows", { group: "one run", baseline: true }, () => {
  fused();
});

Deno.bench("backtest and summary: 525,600 rows", { group: "one run" }, () => {
  run().summary();
});
