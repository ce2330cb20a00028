import type { BotRecord } from "../../ports/bots.ts";
import { youngest } from "./youngest.ts";

/** What a bot is called, and what it trades: of two bots with the same only one may be at work. */
export function placeOf({ config }: Pick<BotRecord, "config">): string {
  const { name, market: { exchange, symbol } } = config;
  return JSON.stringify([name, exchange, symbol]);
}

/** The bot of the same place among `stored` that is younger than this one: the youngest of them. */
export function laterRun(
  bot: Pick<BotRecord, "id" | "config" | "createdAt">,
  stored: readonly BotRecord[],
): BotRecord | undefined {
  const place = placeOf(bot);
  const others = stored.filter((one) => placeOf(one) === place && one.id !== bot.id);
  return youngest(others.filter(({ createdAt }) => createdAt >= bot.createdAt));
}
