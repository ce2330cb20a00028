import { messageOf } from "../../market/errors.ts";
import type { BotWish } from "../../ports/bot_wishes.ts";
import type { Tell } from "../../ports/tell.ts";

/** Who starts bots anew: a runner that reaches their exchanges. */
interface Starter {
  /** Returns whether a new one was made. */
  startAnew(wish: BotWish): Promise<boolean>;
}

/** What is done beside that. */
interface Starting {
  log: Tell;
  /** Has the new bot looked for. */
  wake(): void;
}

/**
 * Has bots started anew without waiting for that, each once at a time. What that throws is told, and tried
 * again with the next wish, which is the same one. Does nothing without anybody who starts bots.
 */
export function startingAnew(
  starter: Starter | undefined,
  { log, wake }: Starting,
): (wish: BotWish) => void {
  const starting = new Set<string>();
  const start = async (starter: Starter, wish: BotWish) => {
    starting.add(wish.botId);
    try {
      // To look again for one that cannot be made here would be to look without end.
      if (await starter.startAnew(wish)) wake();
    } catch (error) {
      const message = `${wish.botId}: cannot be started anew now: ${messageOf(error)}`;
      log(message, { level: "warning", bot: wish.botId });
    } finally {
      starting.delete(wish.botId);
    }
  };
  return (wish) => {
    if (starter && !starting.has(wish.botId)) void start(starter, wish);
  };
}
