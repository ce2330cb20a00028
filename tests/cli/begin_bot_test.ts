import assert from "node:assert/strict";
import { DEFAULT_ACCOUNT } from "../../engine/account/settings.ts";
import { beginBot } from "../../engine/cli/begin_bot.ts";
import { warmUpOfConfig } from "../../engine/live/history/warm_up_of.ts";
import { InputError } from "../../engine/market/errors.ts";
import type { Feed } from "../../engine/ports/feed.ts";
import { close } from "../../engine/series/expression.ts";
import { instrument } from "../../engine/series/operators/candles/instrument.ts";
import { loadConfig } from "../../engine/strategy/load.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import { writeStrategy } from "../../engine/strategy/strategy_json.ts";
import { BTC, madeFeed } from "../live/made_feed.ts";
import { withStore } from "../support/database.ts";

const other = instrument("ETH/USDT", close);
const relative = strategy("relative", {}, {
  build: () => ({ enterLong: other.above(close), exitLong: other.below(close) }),
});
const text = JSON.stringify({
  name: "relative",
  market: { ...BTC, timeframe: "1s" },
  strategy: { ...writeStrategy(relative), params: {} },
  account: DEFAULT_ACCOUNT,
  risk: {},
});
const { config } = loadConfig(text, "relative"), warmUp = warmUpOfConfig(config);

/** An exchange that has these symbols. */
const feedWith = (...symbols: string[]): Feed => ({
  ...madeFeed([]),
  priceDecimals: ({ symbol }) =>
    symbols.includes(symbol)
      ? Promise.resolve(2)
      : Promise.reject(new InputError(`there is no ${symbol}`)),
});

Deno.test("a bot begins only where its exchange has each market that it reads", () =>
  withStore(async (store) => {
    const stop = new AbortController();
    const begin = (feed: Feed) =>
      beginBot(config, warmUp, { store, provider: { feed }, stop: stop.signal });
    for (const [has, lacks] of [["BTC/USDT", "ETH/USDT"], ["ETH/USDT", "BTC/USDT"]]) {
      await assert.rejects(begin(feedWith(has)), { message: `there is no ${lacks}` });
    }
    const bot = await begin(feedWith("BTC/USDT", "ETH/USDT"));
    assert.equal(bot?.config.name, config.name);
    assert.deepEqual(await store.bots.list(), []);
    const away = { ...feedWith(), priceDecimals: () => new Promise<never>(() => {}) };
    const waiting = begin(away);
    stop.abort();
    assert.equal(await waiting, undefined);
  }));
