import { loadVenues } from "../exchanges/ccxt_exchange.ts";
import { ccxtFeed } from "../exchanges/ccxt_feed.ts";
import { ccxtHistory } from "../exchanges/ccxt_history.ts";
import type { Provider } from "../live/collector/collector.ts";
import { botAtWork } from "../live/bots/bot_for_config.ts";
import { heldBot, tellHeld } from "../live/bots/held_bot.ts";
import type { Runner } from "../live/share_bots.ts";
import { systemClock } from "../live/system_clock.ts";
import { warmUpOf, warmUpOfConfig } from "../live/history/warm_up_of.ts";
import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import type { NewBot } from "../ports/bots.ts";
import type { Store } from "../ports/store.ts";
import type { Config } from "../strategy/config.ts";
import { beginBot, checkMarkets } from "./begin_bot.ts";
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
  const providers = new Map<string, Provider>();
  // One of each exchange, since that loads its markets, measures its time and keeps to its limits.
  const provider = (venue: string) => {
    if (!providers.has(venue)) providers.set(venue, providerOf(venue, settings));
    return providers.get(venue)!;
  };
  const stored = fresh ? [] : await store.bots.list(), bots: NewBot[] = [], wanted = [];
  const venues = await loadVenues();
  for (const config of configs) {
    const held = fresh ? undefined : await heldBot(store, config, stored);
    if (held) {
      tellHeld(held, note);
      continue;
    }
    const chosen = warmUpOfConfig(config, warmUp), { candles } = chosen;
    wanted.push({ config, candles });
    const place = { store, provider: provider(config.market.exchange), stop };
    const atWork = botAtWork(config, stored);
    if (atWork) await checkMarkets(config, place);
    const bot = atWork ?? await beginBot(config, chosen, place);
    if (!bot || stop.aborted) return undefined;
    bots.push(bot);
  }
  const runner: Runner = {
    knows: (exchange) => Object.hasOwn(venues, exchange),
    providerOf: provider,
    async newBot(config) {
      const place = { store, provider: provider(config.market.exchange), stop };
      const bot = await beginBot(config, warmUpOfConfig(config, warmUp), place);
      if (!bot) throw new InputError(`Cannot start ${config.name} anew: this process stops`);
      return bot;
    },
  };
  const collecting = { warmUp: warmUpOf(wanted) };
  return { bots, providers, source: "The market", collecting, runner };
}

/** Throws an `InputError` for a config whose exchange ccxt does not know. */
export async function checkExchanges(configs: readonly Config[]): Promise<void> {
  const venues = await loadVenues();
  const wrong = configs.find(({ market }) => !Object.hasOwn(venues, market.exchange));
  if (!wrong) return;
  const { name, market: { exchange } } = wrong, meant = didYouMean(exchange, Object.keys(venues));
  throw new InputError(
    `Cannot trade ${name} live: its exchange is "${exchange}", which is none that ccxt knows${
      meant || "."
    } ` +
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
