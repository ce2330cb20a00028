import { tradesOften } from "./parity_configs.ts";
import assert from "node:assert/strict";
import { type AccountSettings, DEFAULT_ACCOUNT } from "../../engine/account/settings.ts";
import { sellsShort } from "../../engine/strategy/strategy.ts";
import { allStrategies } from "./all_strategies.ts";
import { assertChunkLaw, runMachine } from "./chunk_law.ts";
import { madeCandles } from "./made_candles.ts";

const ACCOUNTS: Partial<AccountSettings>[] = [
  { fee: 0.0001, slippage: 0.0002 },
  { fee: 0, fill: "close", size: 0.5, lot: 0.01 },
];

const strategies = await allStrategies();

Deno.test("The strategies folder is read", () => {
  assert(strategies.length >= 3);
});

for (const strategy of strategies) {
  Deno.test(`Law 1, strategy and account: ${strategy.name}`, () => {
    const candles = madeCandles({ rows: 17_000, seed: 5 }), { timeframe, decimals } = candles;
    for (const [n, account] of ACCOUNTS.entries()) {
      const spec = {
        strategy,
        parameters: {},
        account: { ...DEFAULT_ACCOUNT, shorts: sellsShort(strategy), ...account },
        timeframe,
        decimals,
        start: n === 0 ? undefined : candles.time[700],
      };
      const { events } = assertChunkLaw(runMachine(spec, candles.length), candles, n);
      const trades = events.filter((event) => "pnl" in (event as object));
      assert(
        trades.length >= 20 || !tradesOften(`${strategy.name}-`),
        `only ${trades.length} trades`,
      );
    }
  });
}
