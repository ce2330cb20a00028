import type { Asker, BotWish, Wish } from "./bot_wishes.ts";
import type { BotRecord } from "./bots.ts";

/** What came of asking. */
export interface Answer {
  botId: string;
  /** `asked`: it is written down. `already`: nothing is to be done. `refused`: it makes no sense now. */
  outcome: "asked" | "already" | "refused";
  /** Nobody runs the bot now, so that what was asked of it is yet to be done by whoever does. */
  waits?: true;
  /** For people: a sentence that begins with the bot's id. */
  text: string;
}

/** What people ask of bots. It is carried out by whichever runner has the bot, or will have it. */
export interface BotControl {
  /**
   * Asks something of a bot, by its whole id. Asking twice is as asking once. Throws an `InputError` if
   * there is no such bot.
   */
  ask(botId: string, wish: Wish, asker: Asker): Promise<Answer>;
  /** Asks it of every bot of which it can be asked now; tells of these alone. */
  askAll(wish: Wish, asker: Asker): Promise<Answer[]>;
  /** What can be asked of a bot now; `open` are all wishes that are open, of whatever bots. */
  possible(bot: Pick<BotRecord, "id" | "status" | "config">, open: readonly BotWish[]): Wish[];
}
