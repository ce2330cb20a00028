import assert from "node:assert/strict";
import { anchorOf, botFromNow } from "../../../engine/live/bots/bot_for_config.ts";
import { warmUpOf, warmUpOfConfig } from "../../../engine/live/history/warm_up_of.ts";
import type { Config } from "../../../engine/strategy/config.ts";
import { CONFIGS } from "../made_bots.ts";

const made = CONFIGS.find(({ strategy }) => strategy.name === "sma_cross")!;
const { exchange, symbol } = made.market, HOUR = 3_600_000;
const hourly = { ...made, market: { exchange, symbol, timeframe: "1h", base: "1m" } as const };
const plain = { ...made, market: { exchange, symbol, timeframe: "1m" } as const };
const windows = (config: Config, slow: number): Config => ({
  ...config,
  strategy: { ...config.strategy, params: { ...config.strategy.params, fast: 5, slow } },
});

Deno.test("a base clock begins with as many candles as make those of the strategy", () => {
  const wanted = warmUpOf([{ config: hourly, candles: 300 }, { config: plain, candles: 20 }]);
  assert.equal(wanted(plain.market), 301 * 60);
  assert.equal(wanted({ exchange, symbol, timeframe: "1h" }), 1);
  assert.equal(wanted({ exchange, symbol: "OTHER/USDT", timeframe: "1m" }), 0);
  assert.equal(warmUpOf([{ config: hourly, candles: 0 }])(plain.market), 0);
});

Deno.test("a config begins with what its indicators need, within bounds, or what was asked for", () => {
  // A cross asks for the averages of one candle more than the longer window has.
  assert.deepEqual(warmUpOfConfig(windows(plain, 400)), {
    candles: 401,
    needed: 401,
    isEndless: false,
  });
  assert.equal(warmUpOfConfig(windows(plain, 20)).candles, 100);
  assert.equal(warmUpOfConfig(windows(plain, 20), 7).candles, 7);
  const base = warmUpOfConfig(windows(hourly, 400)), daily = { ...hourly.market, timeframe: "1d" };
  assert.ok(base.needed >= 401 && base.needed <= 403 && base.candles === base.needed);
  const long = warmUpOfConfig(windows({ ...hourly, market: daily } as Config, 200));
  assert.equal(long.candles, Math.floor(100_000 / 1_440));
  assert.ok(long.needed >= 201);
});

Deno.test("a bot with a base clock sees as many hours before it begins, from a whole one on", () => {
  const now = Date.UTC(2024, 7, 8, 12, 34, 56);
  const { run } = botFromNow(hourly, { decimals: 2, now, warmUp: 300 });
  assert.deepEqual([run.start, run.anchor], [now, Date.UTC(2024, 7, 8, 12) - 301 * HOUR]);
  assert.equal(anchorOf(hourly, now, 300), run.anchor);
});
