import assert from "node:assert/strict";
import type { Shared } from "../../engine/account/account.ts";
import { ALONE, newBook } from "../../engine/account/book.ts";
import { DEFAULT_ACCOUNT } from "../../engine/account/settings.ts";
import { InputError } from "../../engine/market/errors.ts";
import { decideCandles } from "../../engine/run/decide_candles.ts";
import { PortfolioRun } from "../../engine/run/portfolio_run.ts";
import { Run, type RunSpec } from "../../engine/run/run.ts";
import { madeCandles } from "../laws/made_candles.ts";
import emaCross from "../../strategies/ema_cross.ts";

const spec: RunSpec = {
  strategy: emaCross,
  parameters: { fast: 3, slow: 8 },
  account: { ...DEFAULT_ACCOUNT, shorts: true },
  timeframe: "5m",
  base: "1m",
  decimals: 2,
};

const together = (other: Partial<RunSpec>) =>
  new PortfolioRun({
    instruments: [{ name: "A", run: spec }, { name: "B", run: { ...spec, ...other } }],
    portfolio: {},
  });

Deno.test("instruments on one account have its clock and its settings in common, but for their market's", () => {
  const account = { ...spec.account, fee: 0.5, lot: 3, tick: 0.5, minNotional: 7 };
  together({ decimals: 4, parameters: { fast: 5, slow: 9 }, account });
  const refused: [Partial<RunSpec>, string][] = [
    [{ timeframe: "15m" }, "timeframe 15m, but A has 5m"],
    [{ base: undefined }, "base none, but A has 1m"],
    [{ start: 60_000 }, "start 60000, but A has none"],
    [{ account: { ...account, balance: 7 } }, "account.balance 7, but A has 10000"],
    [{ account: { ...account, cooldown: 7 } }, "account.cooldown 7, but A has none"],
  ];
  for (const [other, message] of refused) {
    assert.throws(() => together(other), (error: Error) => {
      assert.ok(error instanceof InputError);
      assert.equal(
        error.message,
        `B has ${message}: instruments on one account have it in common`,
      );
      return true;
    });
  }
});

Deno.test("a run whose account is on a portfolio's book takes no candles by itself", () => {
  const shared: Shared = { book: newBook(10_000), others: ALONE };
  const run = new Run(spec, shared), candles = madeCandles({ rows: 20, seed: 1 });
  assert.throws(() => decideCandles(run.driver, candles), RangeError);
});
