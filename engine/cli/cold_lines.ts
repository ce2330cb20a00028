import { BotCandles } from "../live/bots/bot_candles.ts";
import { runSpec } from "../live/bots/run_record.ts";
import { pagesOf } from "../live/candle_pages.ts";
import type { BotRecord } from "../ports/bots.ts";
import type { Store } from "../ports/store.ts";
import { ColdRun } from "../research/cold_notes.ts";
import type { BotResult } from "./bot_table.ts";

/** Candles that are read at once. */
const PAGE = 5_000;

/** Why bots that gave no signal on a tape could give none, where their indicators never began. */
export async function coldLines(store: Store, results: readonly BotResult[]): Promise<string[]> {
  const silent = new Set(results.filter((bot) => bot.signals === 0).map(({ id }) => id));
  const bots = (await store.bots.list()).filter(({ id }) => silent.has(id));
  const lines = await Promise.all(bots.map(async (bot) => {
    const notes = await coldNotesOf(store, bot);
    return notes.map((line) => `Note: ${bot.id}: ${line}`);
  }));
  return lines.flat();
}

async function coldNotesOf(store: Store, bot: BotRecord): Promise<string[]> {
  const candles = new BotCandles(store, bot), cold = new ColdRun(runSpec(bot));
  for await (const page of pagesOf((part) => candles.again(part), bot.run.anchor, PAGE)) {
    cold.take(page);
    if (cold.isWarm) break;
  }
  return cold.notes;
}
