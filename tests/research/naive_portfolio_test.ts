import assert from "node:assert/strict";
import fc from "fast-check";
import { backtestPortfolio } from "../../engine/research/backtest_portfolio.ts";
import { assertProperty } from "../support/property.ts";
import { naivePortfolio } from "./naive_portfolio.ts";
import { longOnly, randomPortfolio } from "./random_portfolios.ts";

function close(actual: number, expected: number, what: string): void {
  const scale = Math.max(1e-6, Math.abs(expected));
  assert(Math.abs(actual - expected) <= 1e-9 * scale, `${what}: ${actual} is not ${expected}`);
}

for (const stopLoss of [undefined, 0.02]) {
  Deno.test(`the portfolio trades as one written down naively, stop loss ${stopLoss}`, () => {
    let trades = 0, refused = 0, weighted = 0, rebalanced = 0;
    const property = fc.property(randomPortfolio, (input) => {
      const { fee, slippage, size, balance } = input.options.account!;
      const account = { fee, slippage, balance, size: size! <= 1 ? size : 1, lot: 0 };
      const plain = { ...input, options: { ...input.options, account } };
      const strategy = longOnly(stopLoss === undefined ? {} : { stopLoss });
      const naive = naivePortfolio(plain, stopLoss);
      const result = backtestPortfolio(strategy, input.candles, plain.options);
      assert.equal(result.trades.length, naive.trades.length);
      naive.trades.forEach(({ instrument, ...numbers }, n) => {
        const trade = result.trades.rows[n];
        assert.equal(trade.instrument, instrument);
        for (const [name, value] of Object.entries(numbers)) {
          close(trade[name as keyof typeof numbers], value, name);
        }
      });
      result.equity.column("equity").forEach((equity, row) => {
        close(equity, naive.equity[row], `equity of row ${row}`);
      });
      assert.equal(result.refusals.length, naive.refused);
      trades += naive.trades.length;
      refused += naive.refused;
      rebalanced += result.fills.rows.filter(({ reason }) => reason === "rebalance").length;
      if (input.options.portfolio.weights === "inverseVolatility") weighted += naive.trades.length;
    });
    assertProperty(property, 500);
    const seen = [trades, refused, weighted, rebalanced];
    assert(seen.every((count) => count > 20), `${seen}`);
  });
}
