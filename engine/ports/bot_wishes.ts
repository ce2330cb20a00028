import type { BotStatus } from "./bot_status.ts";
import type { NewBot } from "./bots.ts";

/** What people may ask of a bot. */
export const WISHES = ["start", "stop", "pause", "resume", "liquidate"] as const;
export type Wish = typeof WISHES[number];

/** Who asks for something, and why. */
export interface Asker {
  /** For people to read: a name, or a place such as "dashboard". */
  by: string;
  reason: string;
}

/** A wish as it is written down. */
export interface NewWish extends Asker {
  botId: string;
  /** Counts the bot's wishes from 1. */
  number: number;
  wish: Wish;
  /** It acts at the first close of a candle at or after this time, UTC milliseconds. */
  notBefore: number;
}

/** A wish and what came of it. */
export interface BotWish extends NewWish {
  /** UTC milliseconds, by the store's clock. */
  askedAt: number;
  /** `open`: it is still to be carried out. `dropped`: it came to nothing, as the bot was stopped first, or another run had its place. */
  outcome: "open" | "done" | "dropped";
  /** Close time of the candle at whose close the account carried it out; none for `start` and `stop`. */
  actedAt: number | undefined;
}

/** That a bot's account has carried a wish out. */
export interface CarriedOut {
  number: number;
  /** Close time of the candle at whose close it did. */
  actedAt: number;
}

/** What a wish does to the bot's row at once, if the bot is as it was seen. */
export interface AtOnce {
  /** `stopped`: nobody has it any more. `running`: anybody may take it over, its restarts are forgotten. */
  becomes: "stopped" | "running";
  /** For people. */
  reason: string;
}

/**
 * What came of a wish to start a bot anew. `made`: the heir is there. `taken`: another run is at work in its
 * place; the wish is dropped, and nothing else is changed. `closed`: the wish was not open any more, and
 * nothing is changed.
 */
export type Inheritance = "made" | "taken" | "closed";

/** What people asked of bots: all of it, in order. It is written before it is carried out. */
export interface WishRepository {
  /** Of a bot, in the order in which they were asked. */
  ofBot(botId: string): Promise<BotWish[]>;
  /** Those that are still to be carried out, of one bot or of all. */
  open(botId?: string): Promise<BotWish[]>;
  /**
   * Writes a wish down, if the bot's status is `seen` and its number is the next one; else returns false:
   * something has happened since the asker looked. With `atOnce` it is done with that, and what was still
   * open is dropped.
   */
  ask(wish: NewWish, seen: BotStatus, atOnce?: AtOnce): Promise<boolean>;
  /**
   * Carries out a wish to start a bot anew: makes `heir`, which is at work and has no runner yet, and says
   * so in the old bot's reason.
   */
  inherit(
    wish: Pick<BotWish, "botId" | "number">,
    heir: NewBot,
    reason: string,
  ): Promise<Inheritance>;
}
