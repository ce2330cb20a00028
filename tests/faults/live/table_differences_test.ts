import assert from "node:assert/strict";
import type { Tables } from "../../laws/parity_tables.ts";
import { tableDifferences } from "./table_differences.ts";

const NONE = {
  ...{ market_data: [], bots: [], signals: [], trades: [], fills: [], refusals: [] },
  missing_candles: [],
};

const equity = (second: number, equity: number) =>
  JSON.stringify({ bot_id: "a", time: `09:00:0${second}`, equity });

const fill = (number: number, price: number) => JSON.stringify({ bot_id: "a", number, price });

/** Three candles decided, two fills. */
const EXPECTED: Tables = {
  ...NONE,
  fills: [fill(1, 5), fill(2, 6)],
  bot_performance: [equity(1, 10), equity(2, 11), equity(3, 12)],
};

Deno.test("tables that are the same differ in nothing", () => {
  const none = { missed: 0, duplicated: 0, missing: 0, different: 0 };
  assert.deepEqual(tableDifferences(structuredClone(EXPECTED), EXPECTED), none);
});

Deno.test("what is not there, there twice or otherwise is counted, each by its name", () => {
  const found: Tables = {
    ...NONE,
    // The second one is not there, a third one should not be, and the first one is there twice.
    fills: [fill(1, 5), fill(1, 5), fill(3, 7)],
    // One bit is otherwise, and one candle was never decided.
    bot_performance: [equity(1, 10), equity(2, 11 + 2 ** -49)],
  };
  const counts = { missed: 1, duplicated: 2, missing: 1, different: 1 };
  assert.deepEqual(tableDifferences(found, EXPECTED), counts);
});
