import assert from "node:assert/strict";
import { newBot } from "../../../engine/live/bots/run_record.ts";
import { tellNewRuns } from "../../../engine/live/bots/tell_new_runs.ts";
import type { BotStatus } from "../../../engine/ports/bot_status.ts";
import type { BotRecord, NewBot } from "../../../engine/ports/bots.ts";
import type { Config } from "../../../engine/strategy/config.ts";

const CONFIG: Config = JSON.parse(Deno.readTextFileSync("strategies/sma_cross_1m.json"));
const EDITED: Config = { ...CONFIG, risk: { stopLoss: 0.02 } };

/** A bot of a config whose account acts from `start` on. */
function botOf(config: Config, start = 0): NewBot {
  return newBot(config, { decimals: 2, anchor: 0, start });
}

/** That bot as a database has it, made at `createdAt`. */
function stored(bot: NewBot, createdAt: number, status: BotStatus = "stopped"): BotRecord {
  const nothing = { heartbeat: undefined, cursor: undefined, decidedAt: undefined };
  return {
    ...{ ...bot, ...nothing, status, reason: "", candles: 0, maxDrawdown: 0, epoch: 1 },
    ...{ owner: undefined, restarts: [], verification: undefined, createdAt },
  };
}

function told(bot: NewBot, before: readonly BotRecord[]): string[] {
  const lines: string[] = [];
  tellNewRuns([bot], before, (line) => lines.push(line));
  return lines;
}

Deno.test("a run of an edited config is told with what was edited since the last one", () => {
  const old = botOf(CONFIG), other = botOf({ ...CONFIG, name: "other" }), bot = botOf(EDITED);
  assert.deepEqual(told(bot, [stored(old, 1, "finished"), stored(other, 2)]), [
    `${bot.id}: a new run, for its config was edited since ${old.id}: risk.stopLoss none → 0.02`,
  ]);
});

Deno.test("a run of the same config says what the last one is", () => {
  const old = botOf(CONFIG), bot = botOf(CONFIG, 5);
  assert.deepEqual(told(bot, [stored(old, 1)]), [
    `${bot.id}: a new run of the same config: ${old.id} is stopped`,
  ]);
  const older = { ...old, run: { ...old.run, version: old.run.version - 1 } };
  assert.deepEqual(told(bot, [stored(older, 1)]), [
    `${bot.id}: a new run of the same config: ${old.id} ran by another version of the engine`,
  ]);
});

Deno.test("a config that was edited and edited back goes on with its run", () => {
  const old = botOf(CONFIG), edited = botOf(EDITED);
  assert.deepEqual(told(old, [stored(old, 1), stored(edited, 2, "running")]), [
    `${old.id}: goes on where it was stopped, for its config is as it was before ${edited.id}: ` +
    "risk.stopLoss 0.02 → none",
  ]);
});

Deno.test("nothing is told of what goes on, of what is over, and of what never was", () => {
  const bot = botOf(CONFIG);
  assert.deepEqual(told(bot, []), []);
  assert.deepEqual(told(bot, [stored(bot, 1, "running")]), []);
  assert.deepEqual(told(bot, [stored(bot, 1, "finished"), stored(botOf(EDITED), 2)]), []);
});
