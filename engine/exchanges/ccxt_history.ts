import { InputError } from "../market/errors.ts";
import { iso } from "../market/time.ts";
import {
  intervalEnd,
  intervalStart,
  isBoundary,
  nominalLength,
  type Timeframe,
  TIMEFRAMES,
} from "../market/timeframe.ts";
import type { Clock } from "../ports/clock.ts";
import type { CandlePage, History } from "../ports/history.ts";
import type { MarketKey } from "../ports/store.ts";
import { candleRows } from "./candle_rows.ts";
import { CandleRecord } from "./candle_record.ts";
import type { AskCandles } from "./candle_window.ts";
import type { CcxtExchange } from "./ccxt_exchange.ts";
import { findMarket, openVenue, type Venue } from "./open_venue.ts";
import { NoAnswer, type Patience, patiently, RequestRefused } from "./patiently.ts";
import { VenueTime } from "./venue_time.ts";
import { traitsOf } from "./venue_traits.ts";

/** A venue's own candles. */
export interface CcxtHistoryOptions extends Venue {
  clock: Clock;
  /** Chance from 0 to 1, for waits that differ. */
  random: () => number;
  watch?: { trouble?(message: string): void };
  /**
   * After so many milliseconds without any answer of the venue a `NoAnswer` is thrown; it is asked for
   * ever unless given.
   */
  giveUpAfter?: number;
}

/** Exchanges finish a candle up to two seconds after its end, in milliseconds. */
const FINISHING = 2_500;

const DAY = 86_400_000;

/**
 * The candles that a venue keeps itself, over ccxt: closed ones only, by the exchange's own clock, and
 * each page checked. Throws an `InputError` for a venue, symbol or timeframe that does not exist, and
 * for candles that the venue does not give any more.
 */
export function ccxtHistory(options: CcxtHistoryOptions): History {
  const { venue, clock, random, watch, giveUpAfter } = options;
  const time = new VenueTime(clock, (message) => watch?.trouble?.(message));
  let opened: Promise<CcxtExchange> | undefined;
  return {
    async *candles(key, from, to, signal) {
      opened ??= openVenue(options, "fetchOHLCV");
      opened.catch(() => opened = undefined);
      const exchange = await opened;
      const trouble = watch?.trouble?.bind(watch);
      const patience = { clock, random, signal, trouble, giveUpAfter };
      try {
        yield* pages(exchange, time, patience, key, from, to);
      } catch (error) {
        if (!(error instanceof RequestRefused)) throw error;
        const what = `the ${key.timeframe} candles of ${key.symbol} from ${iso(from)} to ${
          iso(to)
        }`;
        throw new Error(`${venue} does not give ${what}: ${error.message}`, { cause: error });
      }
    },
  };
}

async function* pages(
  exchange: CcxtExchange,
  time: VenueTime,
  patience: Patience,
  { symbol, timeframe }: MarketKey,
  from: number,
  to: number,
): AsyncGenerator<CandlePage> {
  const { signal, clock } = patience;
  if (!await patiently(exchange, () => exchange.loadMarkets(), patience)) return;
  findMarket(exchange, symbol);
  checkTimeframe(exchange, timeframe);
  await patiently(exchange, () => time.measure(exchange), patience).catch((error) => {
    if (error instanceof NoAnswer) throw error;
    // Then our own clock has to do.
    patience.trouble?.(`${exchange.id} does not tell its time: ${error.message}`);
  });
  if (to <= time.likely) await clock.sleep(Math.max(0, to + FINISHING - time.likely), signal);
  const end = intervalStart(Math.min(to, time.likely - FINISHING), timeframe);
  const { size, mostPast } = traitsOf(exchange.id).candles;
  const open = isBoundary(from, timeframe)
    ? from
    : intervalEnd(intervalStart(from, timeframe), timeframe);
  if (mostPast !== undefined) checkAge(exchange, timeframe, open, time.likely, mostPast);
  const asks = (timeframe: Timeframe) => asking(exchange, patience, symbol, timeframe);
  const record = new CandleRecord(asks, coarserOf(exchange, timeframe, size), timeframe, size);
  yield* record.pages(open, end, signal);
}

/**
 * An exchange's longer timeframes by which long silences are passed over, up to a day: each as long as half
 * a page of the one before at most, so that none is too long for this and too short for that.
 */
function coarserOf(
  { timeframes = {} }: CcxtExchange,
  timeframe: Timeframe,
  size: number,
): Timeframe[] {
  const all = TIMEFRAMES.filter((one) => one in timeframes && nominalLength(one) <= DAY);
  const coarser: Timeframe[] = [];
  for (let last = nominalLength(timeframe);;) {
    const next = all.findLast((one) => nominalLength(one) <= last * size / 2);
    if (!next || nominalLength(next) <= last) return coarser;
    coarser.push(next);
    last = nominalLength(next);
  }
}

function checkTimeframe(exchange: CcxtExchange, timeframe: Timeframe): void {
  const known = Object.keys(exchange.timeframes ?? {});
  if (known.includes(timeframe)) return;
  throw new InputError(
    `Cannot get ${timeframe} candles of ${exchange.id}: it has ${known.join(" ") || "none"}`,
  );
}

function checkAge(
  exchange: CcxtExchange,
  timeframe: Timeframe,
  from: number,
  now: number,
  most: number,
): void {
  const oldest = intervalStart(now, timeframe) - most * nominalLength(timeframe);
  if (from >= oldest) return;
  throw new InputError(
    `Cannot get ${timeframe} candles of ${exchange.id} from ${
      iso(from)
    }: it gives the last ${most} ` +
      `only, from ${iso(oldest)} on`,
  );
}

/** Asks until the exchange answers, and for another answer when there is something wrong with it. */
function asking(
  exchange: CcxtExchange,
  patience: Patience,
  symbol: string,
  timeframe: Timeframe,
): AskCandles {
  const { takesEnd } = traitsOf(exchange.id).candles;
  return (from, to) => {
    const source = `A page of ${exchange.id}'s ${timeframe} candles of ${symbol}`;
    return patiently(exchange, async () => {
      const limit = Math.round((to - from) / nominalLength(timeframe)) + 1;
      const until = takesEnd ? { until: to - 1 } : {};
      const rows = await exchange.fetchOHLCV(symbol, timeframe, from, limit, until);
      return candleRows(Array.isArray(rows) ? rows : [rows], { timeframe, from, to, source });
    }, patience);
  };
}
