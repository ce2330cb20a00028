import { loadVenues } from "../exchanges/ccxt_exchange.ts";
import { ccxtFeed } from "../exchanges/ccxt_feed.ts";
import { ccxtHistory } from "../exchanges/ccxt_history.ts";
import type { Provider } from "../live/collector.ts";
import { warmUpOf } from "../live/warm_up_of.ts";
import { botForConfig } from "../live/bot_for_config.ts";
import { systemClock } from "../live/system_clock.ts";
import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import type { Store } from "../ports/store.ts";
import type { Config } from "../strategy/config.ts";
import type { ExchangeOptions } from "./exchange_options.ts";
import { note } from "./output.ts";
import type { PaperTrading } from "./paper_trading.ts";

/** What configs are traded on live. */
export interface ExchangeTrading {
  configs: readonly Config[];
  settings: ExchangeOptions;
  /** Candles of a new market that are fetched for indicators to begin with. */
  warmUp: number;
  /** Start bots anew, although there are some of these configs. */
  fresh: boolean;
  stop: AbortSignal;
}

/**
 * What configs are traded on live with. Reaches the exchanges, so that unknown venues and symbols are
 * refused (with an `InputError`) before anything is written. `undefined` if someone stopped it first.
 */
export async function tradeOnExchanges(
  store: Store,
  { configs, settings, warmUp, fresh, stop }: ExchangeTrading,
): Promise<Pick<PaperTrading, "bots" | "providers" | "source" | "collecting"> | undefined> {
  const exchanges = [...new Set(configs.map(({ market }) => market.exchange))];
  const providers = new Map(exchanges.map((venue) => [venue, providerOf(venue, settings)]));
  const stored = await store.bots.list(), now = systemClock.now(), bots = [];
  for (const config of configs) {
    const { feed } = providers.get(config.market.exchange)!;
    const decimals = await orStopped(feed.priceDecimals(config.market), stop);
    if (stop.aborted) return undefined;
    const old = fresh ? [] : stored;
    bots.push(botForConfig(config, old, { decimals: decimals ?? null, now, warmUp }));
  }
  return {
    bots,
    providers,
    source: "The market",
    collecting: { warmUp: warmUpOf(configs, warmUp) },
  };
}

/** Throws an `InputError` for a config whose exchange ccxt does not know. */
export async function checkExchanges(configs: readonly Config[]): Promise<void> {
  const venues = await loadVenues();
  const wrong = configs.find(({ market }) => !Object.hasOwn(venues, market.exchange));
  if (!wrong) return;
  const { name, market: { exchange } } = wrong, meant = didYouMean(exchange, Object.keys(venues));
  throw new InputError(
    `Cannot trade ${name} live: its exchange is "${exchange}", which is none that ccxt knows${meant}. ` +
      `Name one in the config or with --exchange, such as --exchange okx; or trade on a tape:\n` +
      `  deno task live --replay data/sample_tape.csv.gz --exit`,
  );
}

/** What the programs for an exchange are. */
function providerOf(venue: string, settings: ExchangeOptions): Provider {
  const common = { venue, options: settings[venue] ?? {}, clock: systemClock, random: Math.random };
  const watch = {
    trouble: note,
    refused: (reason: string, detail: string) => note(`${venue}: left out, ${reason}: ${detail}`),
  };
  return { feed: ccxtFeed({ ...common, watch }), history: ccxtHistory({ ...common, watch }) };
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
