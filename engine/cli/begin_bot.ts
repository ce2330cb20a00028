import type { Provider } from "../live/collector/collector.ts";
import { newBotFor } from "../live/bots/new_bot_for.ts";
import type { WarmUp } from "../live/history/warm_up_of.ts";
import { systemClock } from "../live/system_clock.ts";
import { instrumentKey } from "../market/trade.ts";
import type { NewBot } from "../ports/bots.ts";
import type { Store } from "../ports/store.ts";
import { otherMarkets } from "../strategy/all_markets.ts";
import type { Config } from "../strategy/config.ts";
import { note } from "./output.ts";

/** What a new bot begins with. */
export interface BeginningPlace {
  store: Store;
  /** What gives its exchange's trades and candles. */
  provider: Provider;
  /** Aborts when someone stops the process. */
  stop: AbortSignal;
}

/**
 * A bot of a config that begins now, with the exchange's candles before that; says how many these are.
 * Throws as `checkMarkets` does before it fetches anything, and what the store throws; `undefined` if
 * someone stopped it first.
 */
export async function beginBot(
  config: Config,
  warmUp: WarmUp,
  place: BeginningPlace,
): Promise<NewBot | undefined> {
  const { store, provider: { history }, stop } = place, { candles } = warmUp;
  const decimals = await checkMarkets(config, place);
  if (stop.aborted) return undefined;
  tellWarmUp(config, warmUp);
  const fetching = { store, history, clock: systemClock, tell: note, signal: stop };
  const bot = await newBotFor(config, { decimals: decimals ?? null, candles }, fetching);
  return stop.aborted ? undefined : bot;
}

/**
 * The decimals in which a config's instrument is quoted, if it is. Throws an `InputError` for one of its
 * markets, those included that it only reads, which its exchange does not have.
 */
export async function checkMarkets(
  config: Config,
  { provider: { feed }, stop }: BeginningPlace,
): Promise<number | undefined> {
  const decimals = await orStopped(feed.priceDecimals(config.market), stop);
  for (const other of otherMarkets(config)) await orStopped(feed.priceDecimals(other), stop);
  return decimals;
}

/** Says how many candles a new bot begins with, and what these are too few for. */
function tellWarmUp({ name, market }: Config, { candles, needed, isEndless }: WarmUp): void {
  const more = [
    ...candles < needed ? [`; its indicators need ${needed}`] : [],
    ...isEndless ? ["; some of its indicators depend on all candles since it begins"] : [],
  ];
  note(`${name}: begins with ${candles} candles of ${market.timeframe}${more.join("")}`, {
    market: instrumentKey(market),
  });
}

/** An exchange that is away is waited for, but not by someone who wants to stop. */
async function orStopped<T>(answer: Promise<T>, stop: AbortSignal): Promise<T | undefined> {
  const stopped = Promise.withResolvers<undefined>(), resolve = () => stopped.resolve(undefined);
  if (stop.aborted) resolve();
  stop.addEventListener("abort", resolve);
  try {
    return await Promise.race([answer, stopped.promise]);
  } finally {
    stop.removeEventListener("abort", resolve);
  }
}
