import { intervalStart, nominalLength } from "../market/timeframe.ts";
import { AT_WORK } from "../ports/bot_status.ts";
import type { BotRecord, NewBot } from "../ports/bots.ts";
import { RUN_VERSION } from "../run/run.ts";
import type { Config } from "../strategy/config.ts";
import { configHash } from "../strategy/load.ts";
import { newBot } from "./run_record.ts";

/** How a bot begins that is new. */
export interface BotBeginning {
  /** Decimals in which its instrument is quoted; null if its prices are no decimal numbers. */
  decimals: number | null;
  /** UTC milliseconds: the account acts on candles that open from now on. */
  now: number;
  /** So many candles before that are for its indicators. */
  warmUp: number;
}

/**
 * The bot that trades a config live: the one among `stored` that is at work on it, or a new one, which
 * begins now.
 */
export function botForConfig(
  config: Config,
  stored: readonly BotRecord[],
  { decimals, now, warmUp }: BotBeginning,
): NewBot {
  const hash = configHash(config);
  const isOurs = ({ status, run, config: { name } }: BotRecord) =>
    AT_WORK.includes(status) && run.configHash === hash && run.version === RUN_VERSION &&
    name === config.name;
  const latest = stored.filter(isOurs).toSorted((a, b) => a.createdAt - b.createdAt).at(-1);
  if (latest) return latest;
  const { timeframe } = config.market;
  const anchor = intervalStart(now - (warmUp + 1) * nominalLength(timeframe), timeframe);
  return newBot(config, { decimals, anchor: Math.max(0, anchor), start: now });
}
