import assert from "node:assert/strict";
import { botForConfig } from "../../engine/live/bot_for_config.ts";
import type { BotStatus } from "../../engine/ports/bot_status.ts";
import type { BotRecord } from "../../engine/ports/bots.ts";
import { CONFIGS } from "./made_bots.ts";

const [made] = CONFIGS, NOON = Date.UTC(2024, 7, 8, 12, 0, 30), MINUTE = 60_000;
const config = { ...made, market: { ...made.market, timeframe: "1m" as const } };
const beginning = { decimals: 2, now: NOON, warmUp: 10 };

const stored = (status: BotStatus, at: number, more: Partial<BotRecord> = {}): BotRecord => ({
  ...botForConfig(config, [], { ...beginning, now: at }),
  ...{ status, reason: "", heartbeat: undefined, cursor: undefined, epoch: 1 },
  ...{ owner: undefined, restarts: [], candles: 0, maxDrawdown: 0 },
  createdAt: at,
  ...more,
});

Deno.test("a new bot acts from now on, with candles before that for its indicators", () => {
  const { id, run } = botForConfig(config, [], beginning), { anchor, start } = run;
  assert.equal(start, NOON);
  assert.equal(anchor, NOON - 30_000 - 11 * MINUTE);
  assert.notEqual(botForConfig(config, [], { ...beginning, now: NOON + MINUTE }).id, id);
});

Deno.test("a config that is at work goes on: the youngest bot of it that is", () => {
  const bots = [
    stored("running", NOON - 9 * MINUTE),
    stored("crashed", NOON - 5 * MINUTE),
    stored("finished", NOON - 3 * MINUTE),
    stored("stopped", NOON - 2 * MINUTE),
    stored("quarantined", NOON - MINUTE),
  ];
  assert.equal(botForConfig(config, bots, beginning).id, bots[1].id);
  assert.equal(botForConfig(config, bots.slice(2), beginning).id, stored("running", NOON).id);
});

Deno.test("another config, name, venue or version of the engine is another bot", () => {
  const bot = stored("running", NOON - MINUTE), fresh = botForConfig(config, [], beginning).id;
  const chosen = (other: typeof config, bots = [bot]) => botForConfig(other, bots, beginning).id;
  assert.equal(chosen(config), bot.id);
  const account = { ...config.account, fee: 0.5 };
  for (
    const other of [
      { ...config, account },
      { ...config, name: "other" },
      { ...config, market: { ...config.market, exchange: "elsewhere" } },
    ]
  ) assert.notEqual(chosen(other), bot.id);
  const old = { ...bot, run: { ...bot.run, version: 0 } };
  assert.equal(chosen(config, [old]), fresh);
});
