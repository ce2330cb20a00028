import { loadVenues } from "../exchanges/ccxt_exchange.ts";
import { ccxtFeed } from "../exchanges/ccxt_feed.ts";
import { ccxtHistory } from "../exchanges/ccxt_history.ts";
import type { Provider } from "../live/collector/collector.ts";
import { botAtWork } from "../live/bots/bot_for_config.ts";
import { heldBot } from "../live/bots/held_bot.ts";
import { newBotFor } from "../live/bots/new_bot_for.ts";
import type { Runner } from "../live/share_bots.ts";
import { systemClock } from "../live/system_clock.ts";
import { type WarmUp, warmUpOf, warmUpOfConfig } from "../live/history/warm_up_of.ts";
import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import { instrumentKey } from "../market/trade.ts";
import type { NewBot } from "../ports/bots.ts";
import type { Store } from "../ports/store.ts";
import { otherMarkets } from "../strategy/all_markets.ts";
import type { Config } from "../strategy/config.ts";
import type { ExchangeOptions } from "./exchange_options.ts";
import { note } from "./output.ts";
import type { PaperTrading } from "./paper_trading.ts";

/** What configs are traded on live. */
export interface ExchangeTrading {
  configs: readonly Config[];
  settings: ExchangeOptions;
  /** Candles with which new bots begin, for their indicators; as many as these need unless given. */
  warmUp?: number;
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
): Promise<
  Pick<PaperTrading, "bots" | "providers" | "source" | "collecting" | "runner"> | undefined
> {
  const exchanges = [...new Set(configs.map(({ market }) => market.exchange))];
  const providers = new Map(exchanges.map((venue) => [venue, providerOf(venue, settings)]));
  const stored = fresh ? [] : await store.bots.list(), bots: NewBot[] = [], wanted = [];
  const venues = await loadVenues();
  for (const config of configs) {
    const held = fresh ? undefined : await heldBot(store, config, stored);
    if (held) {
      note(
        `${held.id} is ${held.status}${held.reason && ` (${held.reason})`}, and stays so: ` +
          `deno task bot start ${held.id} starts it`,
        { level: "warning", bot: held.id, market: instrumentKey(config.market) },
      );
      continue;
    }
    const { feed, history } = providers.get(config.market.exchange)!;
    const decimals = await orStopped(feed.priceDecimals(config.market), stop);
    // An exchange that does not have another market that is read says so now.
    for (const other of otherMarkets(config)) await orStopped(feed.priceDecimals(other), stop);
    if (stop.aborted) return undefined;
    const chosen = warmUpOfConfig(config, warmUp), { candles } = chosen;
    wanted.push({ config, candles });
    const atWork = botAtWork(config, stored);
    if (!atWork) tellWarmUp(config, chosen);
    const place = { store, history, clock: systemClock, tell: note, signal: stop };
    bots.push(atWork ?? await newBotFor(config, { decimals: decimals ?? null, candles }, place));
    if (stop.aborted) return undefined;
  }
  const runner: Runner = {
    knows: (exchange) => Object.hasOwn(venues, exchange),
    providerOf: (exchange) => providerOf(exchange, settings),
    newBot: (config) => newBot(store, config, providerOf(config.market.exchange, settings), stop),
  };
  const collecting = { warmUp: warmUpOf(wanted) };
  return { bots, providers, source: "The market", collecting, runner };
}

/** A bot of a config that begins now. */
async function newBot(
  store: Store,
  config: Config,
  { feed, history }: Provider,
  signal: AbortSignal,
): Promise<NewBot> {
  const { candles } = warmUpOfConfig(config), decimals = await feed.priceDecimals(config.market);
  const place = { store, history, clock: systemClock, tell: note, signal };
  return await newBotFor(config, { decimals: decimals ?? null, candles }, place);
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
    trouble: (message: string) => note(message, { level: "warning" }),
    refused: (reason: string, detail: string) =>
      note(`${venue}: left out, ${reason}: ${detail}`, { level: "warning" }),
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
