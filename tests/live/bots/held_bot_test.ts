import assert from "node:assert/strict";
import { heldBot, tellHeld } from "../../../engine/live/bots/held_bot.ts";
import { newBot } from "../../../engine/live/bots/run_record.ts";
import { replayVenue } from "../../../engine/market/replay_venue.ts";
import type { BotStatus } from "../../../engine/ports/bot_status.ts";
import type { BotWish, Wish } from "../../../engine/ports/bot_wishes.ts";
import type { BotRecord } from "../../../engine/ports/bots.ts";
import type { Store } from "../../../engine/ports/store.ts";
import type { Config } from "../../../engine/strategy/config.ts";

const CONFIG: Config = JSON.parse(Deno.readTextFileSync("strategies/sma_cross_1m.json"));
const TAPE = {
  ...CONFIG,
  market: { ...CONFIG.market, exchange: replayVenue("okx", "12345678") },
};

interface Case {
  status: BotStatus;
  wish?: Wish;
  outcome?: BotWish["outcome"];
  isOld?: boolean;
  config?: Config;
}

/** The last bot of a config, of which that was asked last. */
function stored({ status, isOld = false, config = CONFIG }: Case): BotRecord {
  const made = newBot(config, { decimals: 2, anchor: 0, start: 0 });
  const run = { ...made.run, version: made.run.version - (isOld ? 1 : 0) };
  const nothing = { heartbeat: undefined, cursor: undefined, decidedAt: undefined };
  return {
    ...{ ...made, ...nothing, run, status, reason: "", candles: 0, maxDrawdown: 0, epoch: 1 },
    ...{ owner: undefined, restarts: [], verification: undefined, createdAt: 1 },
  };
}

async function isHeld(one: Case): Promise<boolean> {
  const { wish, outcome = "done", config = CONFIG } = one;
  const asked = wish === undefined ? [] : [{ wish, outcome } as BotWish];
  const wishes = { ofBot: () => Promise.resolve(asked) } as Partial<Store["wishes"]>;
  const held = await heldBot({ wishes: wishes as Store["wishes"] }, config, [stored(one)]);
  return held !== undefined;
}

Deno.test("what a person paused stays so under another version of the engine, too", async () => {
  const paused: Case[] = [
    { status: "paused", wish: "pause" },
    { status: "paused", wish: "liquidate" },
    { status: "paused", wish: "resume", outcome: "open" },
    { status: "crashed", wish: "pause" },
    { status: "running", wish: "liquidate", outcome: "open" },
  ];
  for (const one of paused) {
    assert.equal(await isHeld({ ...one, isOld: true }), true, JSON.stringify(one));
    assert.equal(await isHeld(one), false, "it goes on as it is");
  }
  const working: Case[] = [{ status: "running" }, { status: "running", wish: "resume" }];
  for (const one of [...working, { status: "crashed" } as const]) {
    assert.equal(await isHeld({ ...one, isOld: true }), false, JSON.stringify(one));
  }
  assert.equal(await isHeld({ ...paused[0], isOld: true, config: TAPE }), false);
});

Deno.test("what a person stopped, or has to look at, is held; what an edit stopped is not", async () => {
  for (const isOld of [false, true]) {
    for (const status of ["quarantined", "diverged"] as const) {
      assert.equal(await isHeld({ status, isOld }), true);
    }
    assert.equal(await isHeld({ status: "stopped", wish: "stop", isOld }), true);
    assert.equal(await isHeld({ status: "stopped", isOld }), false);
    assert.equal(await isHeld({ status: "stopped", wish: "pause", isOld }), false);
    assert.equal(await isHeld({ status: "finished", wish: "pause", isOld }), false);
  }
});

Deno.test("who is told of a paused one is told how it is begun anew", () => {
  const bot = stored({ status: "paused", isOld: true }), told: string[] = [];
  tellHeld(bot, (text) => told.push(text));
  assert.equal(told.length, 1);
  assert.match(told[0], /is paused, and stays so: it ran by another version of the engine/);
  assert.ok(told[0].includes(`deno task bot stop ${bot.id}, then deno task bot start ${bot.id}`));
});
