import { marketName } from "../market/market_name.ts";
import { isReplayVenue } from "../market/replay_venue.ts";
import { nominalLength } from "../market/timeframe.ts";
import { AT_WORK } from "../ports/bot_status.ts";
import type { MarketKey } from "../ports/store.ts";
import type { BotGlance, SeriesGlance } from "../ports/watch.ts";
import { allMarkets } from "../strategy/all_markets.ts";

/** So long, in milliseconds, may a candle be on its way; silent ones are closed by the clock. */
const PATIENCE = 30_000;

/** A series of candles, and whether it is as new as it has to be. */
export interface SeriesView extends SeriesGlance {
  /** Time since its newest candle closed, in milliseconds; null of a recording, whose time is not ours. */
  lag: number | null;
  /** The usual length of an interval, in milliseconds. */
  length: number;
  /** Whether a bot at work goes by it. */
  needed: boolean;
  /** Whether a newer candle should be there. */
  stale: boolean;
}

function isSame(a: MarketKey, b: MarketKey): boolean {
  return a.exchange === b.exchange && a.symbol === b.symbol && a.timeframe === b.timeframe;
}

/** Each series at the time `now` (UTC milliseconds), as the bots need it. */
export function seriesViews(
  series: readonly SeriesGlance[],
  bots: readonly BotGlance[],
  now: number,
): SeriesView[] {
  const needed = neededBy(bots);
  return series.map((one) => {
    const lag = isReplayVenue(one.exchange) ? null : Math.max(0, now - one.newest);
    const length = nominalLength(one.timeframe), stale = lag !== null && lag > length + PATIENCE;
    return { ...one, lag, length, stale, needed: needed.some((key) => isSame(key, one)) };
  });
}

/** The markets that bots at work go by: their own, and the others that they read. */
function neededBy(bots: readonly BotGlance[]): MarketKey[] {
  const all = bots.filter(({ status, market }) => AT_WORK.includes(status) && market)
    .flatMap(({ market, named: graph }) => allMarkets({ market, strategy: { graph } }));
  return all.filter((key, i) => all.findIndex((one) => isSame(one, key)) === i);
}

/** What is amiss with the data of bots at work, in words. */
export function dataTroubles(
  views: readonly SeriesView[],
  bots: readonly BotGlance[],
): string[] {
  const live = views.filter(({ needed, lag }) => needed && lag !== null);
  const stale = live.filter((one) => one.stale);
  // A recording ends when it does.
  const missing = neededBy(bots).filter((key) => !isReplayVenue(key.exchange))
    .filter((key) => !live.some((one) => isSame(one, key)));
  const told = [
    ...stale.map((one) =>
      `${marketName(one)} is stale: its newest candle closed ${age(one.lag!)} ago`
    ),
    ...missing.map((key) => `${marketName(key)} has no candles`),
  ];
  const silent = live.length > 0 && stale.length === live.length;
  if (silent) told.unshift(`the collector is silent: no market has new candles`);
  return told;
}

function age(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
