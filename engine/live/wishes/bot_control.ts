import { didYouMean } from "../../market/did_you_mean.ts";
import { InputError } from "../../market/errors.ts";
import { isReplayVenue } from "../../market/replay_venue.ts";
import type { Answer, BotControl } from "../../ports/bot_control.ts";
import { type Asker, type BotWish, type Wish, WISHES } from "../../ports/bot_wishes.ts";
import { AT_WORK } from "../../ports/bot_status.ts";
import type { BotRecord } from "../../ports/bots.ts";
import { type Bus, statusChannel, WISHES_CHANNEL } from "../../ports/bus.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Store } from "../../ports/store.ts";
import { UnreachableError } from "../../ports/store_errors.ts";
import { baseMarket } from "../../market/base_market.ts";
import { botsThatRun } from "../bots/bots_that_run.ts";
import { laterRun, placeOf } from "../bots/same_place.ts";
import { askedBy } from "./asked_by.ts";
import { type Answering, answerOnTape, answerTo, standingOf } from "./possible_wishes.ts";
import { nobodyText, wishText } from "./wish_text.ts";

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
  const all: Asked[] = [];
  for (const { id } of await place.store.bots.list()) {
    const asked = await write(place, id, wish, asker);
    if (asked.outcome === "asked") all.push(asked);
  }
  // Whoever starts many waits for runners but once.
  return await Promise.all(all.map((asked) => answerFor(place, asked)));
}

async function ask(place: ControlPlace, id: string, wish: Wish, asker: Asker): Promise<Answer> {
  return await answerFor(place, await write(place, id, wish, asker));
}

/** What was asked of a bot, and what came of it. */
interface Asked extends Pick<Answer, "outcome"> {
  bot: BotRecord;
  text: string;
  /** Whether a runner has to do something about it, or, with `taken`, to take the bot first. */
  needs?: "runner" | "taken";
}

async function write(
  { store, bus, clock }: ControlPlace,
  botId: string,
  wish: Wish,
  asker: Asker,
): Promise<Asked> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const bot = await store.bots.find(botId) ?? await unknown(store, botId);
    const all = await store.wishes.ofBot(botId);
    const open = all.filter(({ outcome }) => outcome === "open");
    const answer = await answerWithHeirs(store, bot, open, wish);
    if (answer.outcome !== "asked") {
      const { outcome, why: text } = answer;
      const isWork = open.length > 0 || (wish === "start" && AT_WORK.includes(bot.status));
      return { bot, outcome, text, needs: outcome === "already" && isWork ? "runner" : undefined };
    }
    const notBefore = await beginning(store, bot, clock.now());
    const written = { ...asker, botId, number: all.length + 1, wish, notBefore };
    const { becomes } = answer, reason = askedBy(asker);
    const atOnce = becomes && { becomes, reason: becomes === "stopped" ? reason : "" };
    if (!await store.wishes.ask(written, bot.status, atOnce)) continue;
    if (becomes) await bus.publish(statusChannel(botId), { status: becomes, reason });
    await bus.publish(WISHES_CHANNEL, { bot: botId, wish });
    const needs = becomes === "stopped" ? undefined : becomes ? "taken" : "runner";
    return { bot, outcome: "asked", text: wishText(bot, wish, becomes), needs };
  }
  throw new UnreachableError(`Cannot ask anything of bot "${botId}": others do all the time`);
}

/** What is told of a bot, and whether that waits for somebody to run it. */
async function answerFor(place: ControlPlace, asked: Asked): Promise<Answer> {
  const { bot, outcome, needs } = asked, told = `${bot.id} ${asked.text}`;
  const isDone = needs === undefined || await (needs === "taken" ? isTaken : isRun)(place, bot);
  const answer = { botId: bot.id, outcome, text: told };
  return isDone ? answer : { ...answer, text: `${told}, ${nobodyText(bot)}`, waits: true };
}

/** Whether a process runs the bot, which nobody had; who replays its tape is given time to take it. */
async function isTaken(place: ControlPlace, bot: BotRecord): Promise<boolean> {
  const { clock } = place, until = clock.monotonic() + TAKING;
  while (!await isRun(place, bot)) {
    if (!isReplayVenue(bot.config.market.exchange) || clock.monotonic() >= until) return false;
    await clock.sleep(LOOK);
  }
  return true;
}

/** In milliseconds. A runner looks at once if it is woken, and else every two seconds. */
const TAKING = 4_000, LOOK = 50;

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
  const stored = await store.bots.list(), later = laterRun(bot, stored);
  const isBeside = (one: BotRecord) => one.id !== bot.id && placeOf(one) === placeOf(bot);
  const atWork = stored.find((one) => isBeside(one) && AT_WORK.includes(one.status));
  if (atWork && atWork.id !== later?.id) {
    return { outcome: "refused", why: `has another run, ${atWork.id}, which is ${atWork.status}` };
  }
  // What goes on with a tape goes on where it was, whatever was traded on that meanwhile.
  const isOver = later !== undefined && !AT_WORK.includes(later.status);
  if (!later || (isOver && isReplayVenue(bot.config.market.exchange))) return answer;
  return { outcome: "refused", why: `has a later run, ${later.id}, which is ${later.status}` };
}

function answerOf(
  { status, config: { market } }: Pick<BotRecord, "status" | "config">,
  open: readonly BotWish[],
  wish: Wish,
): Answering {
  const standing = standingOf(status, open);
  return isReplayVenue(market.exchange) ? answerOnTape(standing, wish) : answerTo(standing, wish);
}

/**
 * Whether a process has the bot, or will take it as soon as it looks. Only those that trade on exchanges
 * take what they were not told of.
 */
async function isRun(
  { store: { bots } }: ControlPlace,
  { id, config: { market } }: BotRecord,
): Promise<boolean> {
  if ((await botsThatRun(bots, [id])).has(id)) return true;
  return !isReplayVenue(market.exchange) && (await bots.atWork()).runners > 0;
}

async function unknown(store: Store, botId: string): Promise<never> {
  const ids = (await store.bots.list()).map(({ id }) => id);
  const hint = didYouMean(botId, ids) || (ids.length > 0 ? `. There are ${ids.join(", ")}` : "");
  throw new InputError(`There is no bot "${botId}"${hint}`);
}
