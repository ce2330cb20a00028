import { BotCandles } from "../live/bots/bot_candles.ts";
import { runSpec } from "../live/bots/run_record.ts";
import type { Store } from "../ports/store.ts";
import { coldNotes } from "../research/cold_notes.ts";
import type { BotResult } from "./bot_table.ts";

/** Why bots that gave no signal on a tape could give none, where their indicators never began. */
export async function coldLines(store: Store, results: readonly BotResult[]): Promise<string[]> {
  const silent = new Set(results.filter((bot) => bot.signals === 0).map(({ id }) => id));
  const bots = (await store.bots.list()).filter(({ id }) => silent.has(id));
  const lines = await Promise.all(bots.map(async (bot) => {
    const candles = await new BotCandles(store, bot).again({ after: bot.run.anchor });
    return coldNotes(runSpec(bot), candles).map((line) => `Note: ${bot.id}: ${line}`);
  }));
  return lines.flat();
}
