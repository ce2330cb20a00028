import assert from "node:assert/strict";
import { botAtWork, botFromNow } from "../../../engine/live/bots/bot_for_config.ts";
import type { BotStatus } from "../../../engine/ports/bot_status.ts";
import type { BotRecord } from "../../../engine/ports/bots.ts";
import { CONFIGS } from "../made_bots.ts";

const [made] = CONFIGS, NOON = Date.UTC(2024, 7, 8, 12, 0, 30), MINUTE = 60_000;
const config = { ...made, market: { ...made.market, timeframe: "1m" as const } };
const beginning = { decimals: 2, now: NOON, warmUp: 10 };

const stored = (status: BotStatus, at: number, more: Partial<BotRecord> = {}): BotRecord => ({
  ...botFromNow(config, { ...beginning, now: at }),
  ...{
    status,
    reason: "",
    heartbeat: undefined,
    cursor: undefined,
    decidedAt: undefined,
    epoch: 1,
  },
  ...{ owner: undefined, restarts: [], candles: 0, maxDrawdown: 0, verification: undefined },
  createdAt: at,
  ...more,
});

Deno.test("a new bot acts from now on, with candles before that for its indicators", () => {
  const { id, run } = botFromNow(config, beginning), { anchor, start } = run;
  assert.equal(start, NOON);
  assert.equal(anchor, NOON - 30_000 - 11 * MINUTE);
  assert.notEqual(botFromNow(config, { ...beginning, now: NOON + MINUTE }).id, id);
});

Deno.test("a new bot sees no candle that others may yet fetch in front of what there is", () => {
  const { anchor } = botFromNow(config, beginning).run, from = anchor + 3 * MINUTE;
  const later = botFromNow(config, { ...beginning, front: { from, front: undefined } }).run;
  assert.deepEqual([later.anchor, later.front], [from, undefined]);
  const front = anchor + 5 * MINUTE, early = { from: anchor - MINUTE, front };
  const { run } = botFromNow(config, { ...beginning, front: early });
  assert.deepEqual([run.anchor, run.front], [anchor, front]);
  const all = { from: anchor - MINUTE, front: anchor };
  assert.equal(botFromNow(config, { ...beginning, front: all }).run.front, undefined);
});

Deno.test("a config that is at work goes on: the youngest bot of it that is", () => {
  const bots = [
    stored("running", NOON - 9 * MINUTE),
    stored("crashed", NOON - 5 * MINUTE),
    stored("finished", NOON - 3 * MINUTE),
    stored("stopped", NOON - 2 * MINUTE),
    stored("quarantined", NOON - MINUTE),
  ];
  assert.equal(botAtWork(config, bots)?.id, bots[1].id);
  assert.equal(botAtWork(config, bots.slice(2)), undefined);
});

Deno.test("another config, name, venue or version of the engine is another bot", () => {
  const bot = stored("running", NOON - MINUTE);
  const chosen = (other: typeof config, bots = [bot]) => botAtWork(other, bots)?.id;
  assert.equal(chosen(config), bot.id);
  const account = { ...config.account, fee: 0.5 };
  for (
    const other of [
      { ...config, account },
      { ...config, name: "other" },
      { ...config, market: { ...config.market, exchange: "elsewhere" } },
    ]
  ) assert.equal(chosen(other), undefined);
  const old = { ...bot, run: { ...bot.run, version: 0 } };
  assert.equal(chosen(config, [old]), undefined);
});
