import { AT_WORK, type BotStatus } from "../../ports/bot_status.ts";
import type { AtOnce, BotWish, Wish } from "../../ports/bot_wishes.ts";

/** Where a bot stands for somebody who asks something of it: its status, once open wishes are done. */
export type Standing = BotStatus | "starting" | "pausing" | "resuming" | "liquidating";

/** What asking something of a bot comes to. */
export type Answering =
  /** It is written down and carried out by a runner, or, with `becomes`, done at once. */
  | { outcome: "asked"; becomes?: AtOnce["becomes"] }
  | { outcome: "already" | "refused"; why: string };

const OPEN: Answering = { outcome: "asked" };
const already = (why: string): Answering => ({ outcome: "already", why });
const refused = (why: string): Answering => ({ outcome: "refused", why });

const STOPS: Answering = { outcome: "asked", becomes: "stopped" };
const OVER = { pause: 0, resume: 0, liquidate: 0 } as const;

/** The same answer to all that only a bot at work can do. */
function notAtWork(why: string): Record<keyof typeof OVER, Answering> {
  return { pause: refused(why), resume: refused(why), liquidate: refused(why) };
}

/** What each wish comes to, by where a bot stands: the rules of its life. */
const ANSWERS: Readonly<Record<Standing, Readonly<Record<Wish, Answering>>>> = {
  running: {
    start: already("is at work"),
    stop: STOPS,
    pause: OPEN,
    resume: already("is not paused"),
    liquidate: OPEN,
  },
  crashed: {
    start: already("is at work, and is being restarted"),
    stop: STOPS,
    pause: OPEN,
    resume: already("is not paused"),
    liquidate: OPEN,
  },
  paused: {
    start: refused("is paused: resume it"),
    stop: STOPS,
    pause: already("is paused"),
    resume: OPEN,
    liquidate: OPEN,
  },
  pausing: {
    start: refused("is to be paused: resume it"),
    stop: STOPS,
    pause: already("is to be paused"),
    resume: OPEN,
    liquidate: OPEN,
  },
  resuming: {
    start: already("is to be resumed"),
    stop: STOPS,
    pause: OPEN,
    resume: already("is to be resumed"),
    liquidate: OPEN,
  },
  liquidating: {
    start: refused("is being liquidated, and is paused then: resume it"),
    stop: STOPS,
    pause: already("is being liquidated, and is paused then"),
    resume: OPEN,
    liquidate: already("is being liquidated"),
  },
  stopped: {
    start: OPEN,
    stop: already("is stopped"),
    ...notAtWork("is stopped: all that can be done is to start it anew"),
  },
  finished: {
    start: OPEN,
    stop: already("is finished"),
    ...notAtWork("is finished: all that can be done is to start it anew"),
  },
  starting: {
    start: already("is to be started anew"),
    // What is open is dropped with it.
    stop: STOPS,
    ...notAtWork("is to be started anew, which is another run"),
  },
  diverged: {
    start: OPEN,
    stop: STOPS,
    ...notAtWork("has diverged, and decides nothing: all that can be done is to start it anew"),
  },
  quarantined: {
    start: { outcome: "asked", becomes: "running" },
    stop: STOPS,
    ...notAtWork("is quarantined, and decides nothing: start or stop it"),
  },
};

/** What asking `wish` of a bot in that standing comes to. */
export function answerTo(standing: Standing, wish: Wish): Answering {
  return ANSWERS[standing][wish];
}

/** The same of a bot that trades on a tape, of which it has one run. */
export function answerOnTape(standing: Standing, wish: Wish): Answering {
  return ON_TAPE[standing]?.[wish] ?? answerTo(standing, wish);
}

const FINISHED = "has traded its tape to the end: to trade it again, replay it without --keep, " +
  "under another name of the config, or with another database";
const DIVERGED = "has diverged: deno task verify looks whether it does the same again";

const ON_TAPE: Readonly<Partial<Record<Standing, Readonly<Partial<Record<Wish, Answering>>>>>> = {
  stopped: {
    start: { outcome: "asked", becomes: "running" },
    ...notAtWork("is stopped: all that can be done is to start it, and it goes on where it was"),
  },
  finished: { start: refused(FINISHED), ...notAtWork(FINISHED) },
  diverged: { start: refused(DIVERGED), ...notAtWork(DIVERGED) },
};

/** Where a bot stands once what is open of its wishes is done. */
export function standingOf(status: BotStatus, open: readonly BotWish[]): Standing {
  const last = open.at(-1)?.wish;
  if (last === "start") return "starting";
  if (!AT_WORK.includes(status)) return status;
  if (last === "pause") return "pausing";
  if (last === "liquidate") return "liquidating";
  return last === "resume" ? "resuming" : status;
}
