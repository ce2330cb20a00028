import { intervalStart, nominalLength } from "../../market/timeframe.ts";
import { AT_WORK } from "../../ports/bot_status.ts";
import type { BotRecord, NewBot } from "../../ports/bots.ts";
import { RUN_VERSION } from "../../run/run.ts";
import type { Config } from "../../strategy/config.ts";
import { configHash } from "../../strategy/load.ts";
import type { Front } from "../history/fetch_front.ts";
import { newBot } from "./run_record.ts";
import { youngest } from "./youngest.ts";

/** How a bot begins that is new. */
export interface BotBeginning {
  /** Decimals in which its instrument is quoted; null if its prices are no decimal numbers. */
  decimals: number | null;
  /** UTC milliseconds: the account acts on candles that open from now on. */
  now: number;
  /** So many candles before that are for its indicators. */
  warmUp: number;
  /** Where the stored candles of its market begin, if there are any. */
  front?: Front;
  /** The same of other markets that it reads, by symbol. */
  fronts?: Readonly<Record<string, Front | undefined>>;
}

/** The bot among `stored` that is at work on a config; the youngest if there are several. */
export function botAtWork(
  config: Config,
  stored: readonly BotRecord[],
): BotRecord | undefined {
  const hash = configHash(config);
  const isOurs = ({ status, run, config: { name } }: BotRecord) =>
    AT_WORK.includes(status) && run.configHash === hash && run.version === RUN_VERSION &&
    name === config.name;
  return youngest(stored.filter(isOurs));
}

/** A bot that begins now to trade a config live. */
export function botFromNow(config: Config, beginning: BotBeginning): NewBot {
  const { decimals, now, warmUp, front, fronts = {} } = beginning;
  const wanted = anchorOf(config, now, warmUp);
  // What others may fetch later in front of it is none of its own.
  const anchor = Math.max(wanted, Math.min(front?.from ?? 0, now));
  const behind = Object.entries(fronts).flatMap(([symbol, other]) =>
    other?.front !== undefined && other.front > anchor ? [[symbol, other.front] as const] : []
  );
  return newBot(config, {
    ...{ decimals, anchor, start: now },
    ...(front?.front !== undefined && front.front > anchor && { front: front.front }),
    ...(behind.length > 0 && { fronts: Object.fromEntries(behind) }),
  });
}

/** From when on a bot that begins `now` wants candles: so many of its own, and the one in the making. */
export function anchorOf({ market: { timeframe } }: Config, now: number, warmUp: number): number {
  return Math.max(0, intervalStart(now - (warmUp + 1) * nominalLength(timeframe), timeframe));
}
