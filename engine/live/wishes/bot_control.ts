import { didYouMean } from "../../market/did_you_mean.ts";
import { InputError } from "../../market/errors.ts";
import { isReplayVenue } from "../../market/replay_venue.ts";
import type { Answer, BotControl } from "../../ports/bot_control.ts";
import { type Asker, type BotWish, type Wish, WISHES } from "../../ports/bot_wishes.ts";
import type { BotRecord } from "../../ports/bots.ts";
import { type Bus, statusChannel, WISHES_CHANNEL } from "../../ports/bus.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Store } from "../../ports/store.ts";
import { UnreachableError } from "../../ports/store_errors.ts";
import { baseMarket } from "../../market/base_market.ts";
import { laterRun } from "../bots/same_place.ts";
import { askedBy } from "./asked_by.ts";
import { type Answering, answerTo, standingOf } from "./possible_wishes.ts";

/** How often it is tried while others ask the same bot for something. */
const MOST_ATTEMPTS = 10;

/** What a control works with. */
export interface ControlPlace {
  store: Store;
  bus: Bus;
  clock: Clock;
}

/** What people ask of bots, over the database: it is written there, and the bus wakes the runners. */
export function botControl(place: ControlPlace): BotControl {
  return {
    ask: (botId, wish, asker) => ask(place, botId, wish, asker),
    askAll: (wish, asker) => askAll(place, wish, asker),
    possible: (bot, open) => {
      const own = open.filter(({ botId }) => botId === bot.id);
      return WISHES.filter((wish) => answerOf(bot, own, wish).outcome === "asked");
    },
  };
}

async function askAll(place: ControlPlace, wish: Wish, asker: Asker): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const { id } of await place.store.bots.list()) {
    const answer = await ask(place, id, wish, asker);
    if (answer.outcome === "asked") answers.push(answer);
  }
  return answers;
}

async function ask(
  { store, bus, clock }: ControlPlace,
  botId: string,
  wish: Wish,
  asker: Asker,
): Promise<Answer> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const bot = await store.bots.find(botId) ?? await unknown(store, botId);
    const all = await store.wishes.ofBot(botId);
    const open = all.filter(({ outcome }) => outcome === "open");
    const answer = await answerWithHeirs(store, bot, open, wish);
    if (answer.outcome !== "asked") {
      return { botId, outcome: answer.outcome, text: `${botId} ${answer.why}` };
    }
    const notBefore = await beginning(store, bot, clock.now());
    const written = { ...asker, botId, number: all.length + 1, wish, notBefore };
    const { becomes } = answer, reason = askedBy(asker);
    const atOnce = becomes && { becomes, reason: becomes === "stopped" ? reason : "" };
    if (!await store.wishes.ask(written, bot.status, atOnce)) continue;
    if (becomes) await bus.publish(statusChannel(botId), { status: becomes, reason });
    await bus.publish(WISHES_CHANNEL, { bot: botId, wish });
    return { botId, outcome: "asked", text: `${botId} ${told(bot, wish, becomes)}` };
  }
  throw new UnreachableError(`Cannot ask anything of bot "${botId}": others do all the time`);
}

/**
 * From when on a wish acts: not before the candle that is being made now has closed, since what was filled
 * at its open or inside it has happened already. Where a tape is replayed it is the tape's time that counts.
 */
async function beginning(store: Store, { config }: BotRecord, now: number): Promise<number> {
  const newest = await store.marketData.latestCandle(baseMarket(config.market));
  const next = newest ? newest.time + 1 : 0;
  return isReplayVenue(config.market.exchange) ? next : Math.max(next, now);
}

/** A bot of which there is a later run is not started beside it. */
async function answerWithHeirs(
  store: Store,
  bot: BotRecord,
  open: readonly BotWish[],
  wish: Wish,
): Promise<Answering> {
  const answer = answerOf(bot, open, wish);
  if (wish !== "start" || answer.outcome !== "asked") return answer;
  const later = laterRun(bot, await store.bots.list());
  if (!later) return answer;
  return { outcome: "refused", why: `has a later run, ${later.id}, which is ${later.status}` };
}

function answerOf(
  { status, config }: Pick<BotRecord, "status" | "config">,
  open: readonly BotWish[],
  wish: Wish,
): Answering {
  const answer = answerTo(standingOf(status, open), wish);
  const { market: { exchange } } = config, isNew = answer.outcome === "asked" && !answer.becomes;
  if (wish !== "start" || !isNew || !isReplayVenue(exchange)) return answer;
  return {
    outcome: "refused",
    why: `traded on a tape: deno task live CONFIG --replay TAPE --keep goes on with it`,
  };
}

function told({ config: { market } }: BotRecord, wish: Wish, becomes?: string): string {
  const { timeframe } = baseMarket(market);
  if (becomes === "stopped") return "is stopped; what it holds stays as it is marked";
  if (becomes === "running") return "goes on behind its last candle, with the next runner";
  if (wish === "start") return "is to be started anew, by the next runner";
  const what = { pause: "pause", resume: "resume", liquidate: "close its position and pause" };
  const close = `at the close of the ${timeframe} candle in the making`;
  return `is to ${what[wish as keyof typeof what]} ${close}`;
}

async function unknown(store: Store, botId: string): Promise<never> {
  const ids = (await store.bots.list()).map(({ id }) => id);
  const hint = didYouMean(botId, ids) || (ids.length > 0 ? `. There are ${ids.join(", ")}` : "");
  throw new InputError(`There is no bot "${botId}"${hint}`);
}
