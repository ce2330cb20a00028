import { InputError } from "../market/errors.ts";
import { iso } from "../market/time.ts";
import { nominalLength, openTime } from "../market/timeframe.ts";
import type { BotStatus } from "../ports/bot_status.ts";
import type { BotWish } from "../ports/bot_wishes.ts";
import type { StoredRun } from "../ports/stored_run.ts";
import type { VerificationRecord } from "../ports/verification.ts";
import type { Config } from "../strategy/config.ts";
import { backtest } from "./backtest.ts";
import { keptCurve } from "./kept_curve.ts";
import { Result, type ResultParts } from "./result.ts";

/**
 * What a bot has done, as its tables have it: a result like a backtest's, with the same frames, metrics and
 * pictures. Candles are those on which its account acted; `seen` are all that it was given.
 */
export class LiveResult extends Result {
  readonly id: string;
  readonly status: BotStatus;
  /** Why it has this status, for people. */
  readonly reason: string;
  readonly config: Config;
  /** When it was verified last and what came of it, if it was. */
  readonly verification: VerificationRecord | undefined;
  /** What people asked of it, such as to pause. */
  readonly wishes: readonly BotWish[];

  /** Throws an `InputError` if its account has acted on no candle of which equity is kept. */
  constructor(private readonly stored: StoredRun) {
    super(partsOf(stored));
    const { bot: { id, status, reason, config, verification }, wishes } = stored;
    this.id = id;
    this.status = status;
    this.reason = reason;
    this.config = config;
    this.verification = verification;
    this.wishes = wishes;
  }

  /**
   * The strategy backtested over the candles that the bot decided on, with the same settings. It is what
   * the bot did, to the bit, unless people paused it or had it close its position.
   */
  backtest(): Result {
    const { strategy, parameters, account, timeframe, decimals, start } = this.stored.spec;
    const options = { params: parameters, account, timeframe, decimals, start };
    return backtest(strategy, this.seen, options);
  }

  override notes(): string[] {
    const { candles, stored, wishes } = this, from = openTime(candles.time[0], candles.timeframe);
    const { start = from } = stored.spec;
    const carriedOut = wishes.flatMap(({ wish, by, actedAt }) =>
      actedAt === undefined ? [] : [`${wish}, asked by ${by}, at ${iso(actedAt)}`]
    );
    const isShort = candles.time[0] !== stored.seen.time[firstActed(stored)];
    const kept = `its equity is kept from ${iso(from)} on, though it began at ${iso(start)}`;
    return [...super.notes(), ...carriedOut, ...(isShort ? [kept] : [])];
  }
}

/** The row of the first candle on which the account acted; -1 if there is none. */
function firstActed({ seen, spec: { start = -Infinity } }: StoredRun): number {
  return seen.time.findIndex((time) => openTime(time, seen.timeframe) >= start);
}

function partsOf(stored: StoredRun): ResultParts {
  const { bot, spec, seen, performance, report, refusals, fills, trades, signals } = stored;
  const { account } = spec, acted = firstActed(stored), kept = performance.at(0)?.time ?? Infinity;
  // With a base clock the first row that is kept may be the one that closes the strategy's candle.
  const isWhole = kept <= seen.time[acted] + nominalLength(spec.timeframe);
  const from = isWhole ? acted : seen.time.findIndex((time) => time >= kept);
  if (acted < 0 || from < 0) {
    throw new InputError(
      `Bot ${bot.id}: its account has acted on no candle of which equity is kept`,
    );
  }
  const candles = seen.slice(from, seen.length);
  const curve = keptCurve(candles, performance, account.balance);
  const rows = <Row>(rows: readonly Row[]) => ({ rows, length: rows.length });
  return {
    ...{ spec, account, seen, candles, curve, report },
    ...{
      signals: rows(signals),
      refusals: rows(refusals),
      fills: rows(fills),
      trades: rows(trades),
    },
  };
}
