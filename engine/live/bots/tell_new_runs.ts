import { instrumentKey } from "../../market/trade.ts";
import type { BotRecord, NewBot } from "../../ports/bots.ts";
import type { Tell } from "../../ports/tell.ts";
import { changesText, configChanges } from "../../strategy/config_changes.ts";
import { laterRun, placeOf } from "./same_place.ts";
import { youngest } from "./youngest.ts";

/**
 * Says of each bot that is to be at work, a line each, if it is another run than the one that traded there
 * last, and why: what was edited in its config, or that something else asks for a run of its own. `stored`
 * is what there was before.
 */
export function tellNewRuns(
  bots: readonly NewBot[],
  stored: readonly BotRecord[],
  tell: Tell,
): void {
  for (const bot of bots) {
    const text = newRunText(bot, stored);
    if (text === undefined) continue;
    tell(`${bot.id}: ${text}`, { bot: bot.id, market: instrumentKey(bot.config.market) });
  }
}

function newRunText(bot: NewBot, stored: readonly BotRecord[]): string | undefined {
  const known = stored.find(({ id }) => id === bot.id);
  const last = known
    ? laterRun(known, stored)
    : youngest(stored.filter((one) => placeOf(one) === placeOf(bot)));
  if (!last || known?.status === "finished") return undefined;
  const changes = configChanges(last.config, bot.config), edited = changesText(changes);
  if (known) {
    return `goes on where it was stopped, for its config is as it was before ${last.id}: ${edited}`;
  }
  if (edited !== "") return `a new run, for its config was edited since ${last.id}: ${edited}`;
  const { run: { version }, status } = last;
  const why = version === bot.run.version ? `is ${status}` : "ran by another version of the engine";
  return `a new run of the same config: ${last.id} ${why}`;
}
