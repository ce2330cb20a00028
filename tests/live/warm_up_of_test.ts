import assert from "node:assert/strict";
import { botForConfig } from "../../engine/live/bot_for_config.ts";
import { warmUpOf } from "../../engine/live/warm_up_of.ts";
import { CONFIGS } from "./made_bots.ts";

const [made] = CONFIGS, { exchange, symbol } = made.market;
const hourly = { ...made, market: { exchange, symbol, timeframe: "1h", base: "1m" } as const };
const plain = { ...made, market: { exchange, symbol, timeframe: "1m" } as const };

Deno.test("a base clock begins with as many candles as make those of the strategy", () => {
  const wanted = warmUpOf([hourly, plain], 300);
  assert.equal(wanted(plain.market), 301 * 60);
  assert.equal(wanted({ exchange, symbol, timeframe: "1h" }), 300);
  assert.equal(wanted({ exchange, symbol: "OTHER/USDT", timeframe: "1m" }), 300);
  assert.equal(warmUpOf([hourly], 0)(plain.market), 0);
});

Deno.test("a bot with a base clock sees as many hours before it begins, from a whole one on", () => {
  const now = Date.UTC(2024, 7, 8, 12, 34, 56), HOUR = 3_600_000;
  const { run } = botForConfig(hourly, [], { decimals: 2, now, warmUp: 300 });
  const { anchor, start } = run;
  assert.equal(start, now);
  assert.equal(anchor, Date.UTC(2024, 7, 8, 12) - 301 * HOUR);
});
