/** Bots whose strategy borrows indicators that hide what they remember: each start replays the candles. */
import assert from "node:assert/strict";
import { DEFAULT_ACCOUNT } from "../../../engine/account/settings.ts";

import { verifyBot } from "../../../engine/live/verify/verify_bot.ts";
import { Candles } from "../../../engine/market/candles.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { backtest } from "../../../engine/research/backtest.ts";
import { close } from "../../../engine/series/expression.ts";
import { on } from "../../../engine/series/operators/candles/on.ts";
import { indicator } from "../../../engine/series/operators/technicalindicators/indicator.ts";
import type { Config } from "../../../engine/strategy/config.ts";
import { loadConfig } from "../../../engine/strategy/load.ts";
import { strategy } from "../../../engine/strategy/strategy.ts";
import { writeStrategy } from "../../../engine/strategy/strategy_json.ts";
import { madeCandles } from "../../laws/made_candles.ts";
import { withStore } from "../../support/database.ts";
import { CONFIGS, makeBots, resume, writtenBy } from "../made_bots.ts";

const borrowed = strategy("borrowed", {}, {
  build() {
    const strength = indicator("RSI", { values: close, period: 5 });
    const minutely = on("1m", indicator("ADX", { period: 3 }).adx);
    return {
      enterLong: strength.above(65),
      exitLong: strength.below(45),
      series: { strength, minutely },
    };
  },
});

const { market } = CONFIGS[0], account = { ...DEFAULT_ACCOUNT, fee: 0.0001 };
const CONFIG: Config = loadConfig(
  JSON.stringify({
    name: "borrowed",
    market,
    strategy: { ...writeStrategy(borrowed), params: {} },
    account,
    risk: {},
  }),
  "borrowed",
).config;

/** More than a bot reads at once. */
const ROWS = 1_300, CANDLES = madeCandles({ rows: ROWS, timeframe: "1s" }).rows();

const store = (store: Store, from: number, to: number) =>
  store.marketData.upsertCandles(market, CANDLES.slice(from, to));

/** Takes the bot over, as after a crash, and lets it decide all that there is. */
async function start(store: Store, id: string): Promise<void> {
  const bot = await resume(id, store);
  while (await bot.processCandles() > 0);
}

Deno.test("a bot that replays its candles at every start decides what a backtest decides", () =>
  withStore(async (database) => {
    const [id] = await makeBots(database, [CONFIG]);
    let stored = 0;
    for (const more of [0, 1, 2, 30, 600, 67, 600]) {
      await store(database, stored, stored + more);
      stored += more;
      await start(database, id);
    }
    assert.equal(stored, ROWS);
    const { signals, trades, performance, cursor } = await writtenBy(database, id);
    const candles = Candles.fromRows("1s", CANDLES, 2),
      result = backtest(borrowed, candles, { account });
    assert.equal(cursor, CANDLES[ROWS - 1].time);
    assert(trades.length > 20, `only ${trades.length} trades`);
    assert.deepEqual(trades, result.trades.rows);
    assert.deepEqual(signals, result.signals.rows);
    assert.deepEqual(performance.map(({ equity }) => equity), [...result.equity.column("equity")]);
    assert.equal((await verifyBot(database, id)).outcome, "same");
  }));

Deno.test("it replays candles as it decided them, and none but those", () =>
  withStore(async (database) => {
    const [id] = await makeBots(database, [CONFIG]), hole = 40;
    await store(database, 0, hole);
    await store(database, hole + 1, 700);
    await start(database, id);
    const corrected = { ...CANDLES[100], close: CANDLES[100].low };
    await database.marketData.upsertCandles(market, [corrected], { force: true });
    await start(database, id);
    await store(database, hole, hole + 1);
    await start(database, id);
    const { marketData } = database;
    const changed: Store = {
      ...database,
      marketData: {
        ...marketData,
        async candles(key, range) {
          const rows = (await marketData.candles(key, range)).rows();
          const spoilt = rows.map((row) =>
            row.time === CANDLES[50].time ? { ...row, close: row.low } : row
          );
          return Candles.fromRows("1s", spoilt);
        },
      },
    };
    await assert.rejects(start(changed, id), {
      name: "InputError",
      message: /needs the same candles/,
    });
  }));
