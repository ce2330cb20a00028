import { between } from "../../../data/random.ts";
import { systemClock } from "../../../engine/live/system_clock.ts";
import {
  type FaultClass,
  FRAME_FAULTS,
  PAGE_FAULTS,
  SOCKET_FAULTS,
} from "../../support/fake_exchange/fault_plan.ts";
import { type OutageClass, outages } from "../outages.ts";
import { KILL_POINTS } from "./kill_points.ts";
import type { LiveClass } from "./live_classes.ts";
import { type Injection, killedAt, type Stage } from "./stage.ts";
import { until } from "./until.ts";

/** Does to a run what belongs to a class, and tells what was done. */
export type Disturbance = (stage: Stage) => Promise<Injection[]>;

/** Kills the process from outside, once or, every other time, again while it starts. */
async function killAnywhere(stage: Stage): Promise<Injection[]> {
  const { random } = stage.place, done: Injection[] = [];
  await stage.passed(between(random, 0.02, 0.8));
  done.push(await killed(stage));
  if (random() < 0.5) return done;
  await systemClock.sleep(between(random, 0, 3_000));
  done.push(await killed(stage));
  return done;
}

async function killed(stage: Stage): Promise<Injection> {
  const began = performance.now(), noticed = await stage.kill(stage.children.at(-1)!);
  stage.start();
  return { began, ended: began, noticed };
}

/** Starts the process again that kills itself at a point, when it has. */
async function killsItself(stage: Stage): Promise<Injection[]> {
  if (stage.early.length > 0) return stage.early;
  const [child] = stage.children, over = stage.place.progress.finished();
  // A slow machine decides several candles at once, and comes by less often than the seed may want.
  await stage.passed(LATE, child);
  await child.order({ kill: "next" });
  await Promise.race([child.ended, over]);
  // All is decided, and it may be at its point just now: nothing else must end it before that is known.
  if (await stage.spare(child)) return [];
  const { at } = await child.ended, began = killedAt(child);
  if (began === undefined) return [];
  stage.start();
  return [{ began, ended: began, noticed: at }];
}

/** The share of the time after which a process that has not killed itself does so the next time. */
const LATE = 0.7;

/** What a process says of a database or a bus that is away. */
const AWAY = /is away|waits for the database|was cut|Nobody is woken/;

function outage(...choices: OutageClass[]): Disturbance {
  return async (stage) => {
    const { random, servers } = stage.place;
    await stage.passed(between(random, 0.02, 0.7));
    const began = performance.now(), chosen = choices[Math.floor(choices.length * random())];
    await outages[chosen](servers!, 200 + 1_800 * random());
    return [{ began, ended: performance.now(), notices: AWAY }];
  };
}

/** Fills the database's disk until somebody notices: there is room for a while in what it has already. */
async function fullDisk(stage: Stage): Promise<Injection[]> {
  const { random, servers } = stage.place;
  await stage.passed(between(random, 0.02, 0.5));
  const began = performance.now();
  await servers!.disk!.fill();
  while (!stage.noticed(AWAY, began) && performance.now() - began < LONGEST_ROOM) {
    await systemClock.sleep(20);
  }
  await systemClock.sleep(between(random, 0, 2_000));
  await servers!.disk!.free();
  // One whose journal did not fit has ended itself.
  await servers!.start();
  return [{ began, ended: performance.now(), notices: AWAY }];
}

/** A database that finds room for so long is left alone, in milliseconds. */
const LONGEST_ROOM = 8_000;

/** What a process says of an exchange. */
const TROUBLE = /^(binance|okx)\b/;

/** Trades that nobody tells of for a minute are late, and their candles rightly decided without them. */
const OF_EXCHANGES: readonly FaultClass[] = [...SOCKET_FAULTS, ...FRAME_FAULTS, ...PAGE_FAULTS]
  .filter((name) => name !== "late");

/** Some faults of the exchange, one after the other. */
async function ofExchange(stage: Stage): Promise<Injection[]> {
  const { random, market: { exchange, clock: { pace } } } = stage.place, done: Injection[] = [];
  for (const share of [0.05, 0.35, 0.65]) {
    await stage.passed(share + 0.25 * random());
    const name = OF_EXCHANGES[Math.floor(OF_EXCHANGES.length * random())];
    const lasts = Math.round(between(random, 500, 15_000)), began = performance.now();
    const times = 1 + Math.floor(3 * random()), seed = Math.floor(2 ** 32 * random());
    exchange.inject(name, { lasts, times, seed });
    stage.place.tell(`the exchange: ${name}`);
    await systemClock.sleep(lasts / pace);
    done.push({ began, ended: performance.now(), notices: TROUBLE });
  }
  return done;
}

/** A second process waits for the bots; the first one freezes, loses all that it has, and wakes. */
async function runners(stage: Stage): Promise<Injection[]> {
  const { random, signals, progress } = stage.place, [first] = stage.children;
  const owners = () => new Set(progress.seen.at(-1)?.owners);
  await until(() => owners().size === 1 && !owners().has(""), () => "a runner has all bots");
  const [frozen] = owners();
  stage.start();
  await until(
    () => stage.noticed(OTHERS, 0) !== undefined,
    () => "the second runner waits for bots",
  );
  await stage.passed(between(random, 0.3, 0.7));
  const began = performance.now();
  await signals.send(await first.pid, "SIGSTOP");
  // The two may share the bots by now.
  await until(() => !owners().has(frozen), () => "the second runner has all bots");
  const noticed = performance.now();
  await systemClock.sleep(between(random, 0, 1_500));
  await signals.send(await first.pid, "SIGCONT");
  return [{ began, ended: began, noticed }];
}

/** What a process says that would have a bot of another one. */
const OTHERS = /another runner has it/;

/** Somebody sets the machine's clock, a little or a lot, forth or back, and again. */
async function setClock(stage: Stage): Promise<Injection[]> {
  const { random, market: { clock } } = stage.place, done: Injection[] = [];
  for (const share of [0.05, 0.4]) {
    await stage.passed(share + 0.3 * random());
    const most = [2_000, 60_000, 86_400_000][Math.floor(3 * random())];
    clock.set = Math.round(between(random, -most, most));
    const began = performance.now();
    await stage.tellClock();
    stage.place.tell(`the clock is set by ${clock.set} ms`);
    done.push({ began, ended: began });
  }
  return done;
}

/** Several at once: a kill, the exchange, the clock and, every other time, Redis or a stopped database. */
async function combined(stage: Stage): Promise<Injection[]> {
  const all = [killAnywhere, ofExchange, setClock, outage("stop", "redisKill", "redisStop")];
  return (await Promise.all(all.map((one) => one(stage)))).flat();
}

/** What is done to a run of each class. */
export const DISTURBANCES: Readonly<Record<LiveClass, Disturbance>> = {
  killAnywhere,
  ...Object.fromEntries(KILL_POINTS.map((point) => [point, killsItself])) as Record<
    typeof KILL_POINTS[number],
    Disturbance
  >,
  databaseKill: outage("kill", "restart"),
  databaseStop: outage("stop"),
  databaseFull: fullDisk,
  redis: outage("redisKill", "redisStop"),
  exchange: ofExchange,
  runners,
  clock: setClock,
  combined,
};
