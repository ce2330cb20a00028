import { messageOf } from "../market/errors.ts";
import type { Clock } from "../ports/clock.ts";
import type { ReceiverStanding } from "../ports/receiver_standing.ts";
import type { Tell } from "../ports/tell.ts";
import { Mailbox } from "./mailbox.ts";
import { type Look, observer } from "./observer.ts";
import type { Receiver } from "./receivers/receiver.ts";

/** What somebody who notifies needs. */
export interface NotifierPlace {
  receivers: readonly Receiver[];
  perMinute: number;
  /** Looks at bots and data; throws while the store is away. */
  look: () => Promise<Look>;
  /** Aborts when somebody stops the process, which then has to end soon. */
  stop?: AbortSignal;
  clock: Clock;
  log: Tell;
}

/** Somebody who notifies. */
export interface Notifier {
  /** How it goes to tell each receiver. */
  receivers(): ReceiverStanding[];
  /** Looks a last time, sends what waits, and says what could not be sent in a few seconds. */
  close(): Promise<void>;
}

/** How often it looks, and how long a look may take, in milliseconds. */
const EVERY = 5_000, PATIENCE = 10_000;

/** How long the end may take: of itself, and from when somebody stopped the process, but at least so long. */
const AT_THE_END = 5_000, SINCE_STOPPED = 2_000, AT_LEAST = 500;

/**
 * Looks at bots and data again and again, and tells receivers what has happened, until it is closed. It
 * goes by what is stored, not by messages of the bus, for these may be lost. Nothing waits for it, and
 * whatever fails is logged.
 */
export function startNotifier(place: NotifierPlace): Notifier {
  const { receivers, perMinute, clock, log } = place;
  const stop = new AbortController(), end = new AbortController();
  const left = timeLeft(place);
  const boxes = receivers.map((one) =>
    new Mailbox(one, { clock, log, perMinute, stop: end.signal })
  );
  const observe = observer();
  const round = async (patience: number) => {
    const found = await lookInTime(place, patience), happened = observe(found);
    for (const box of boxes) box.put(happened);
    return found;
  };
  const looking = (async () => {
    for (; !stop.signal.aborted; await clock.sleep(EVERY, stop.signal)) {
      await round(PATIENCE);
    }
  })().catch((error) => log(`notify: ended, ${error}`, { level: "error" }));
  let unseen: string | undefined = "it took too long";
  const finish = async (patience: number) => {
    await looking;
    const found = await round(patience / 2);
    unseen = "away" in found ? found.away : undefined;
    for (const box of boxes) box.hasten();
    await Promise.all(boxes.map((box) => box.settled()));
  };
  const close = async () => {
    stop.abort();
    const done = new AbortController(), patience = left();
    await Promise.race([finish(patience), clock.sleep(patience, done.signal)]);
    done.abort();
    end.abort();
    if (unseen !== undefined) log(`notify: ${MISSED}: ${unseen}`, { level: "warning" });
    await Promise.all(boxes.map((box) => box.end()));
  };
  return { close, receivers: () => boxes.map(({ standing }) => standing) };
}

/** That what happened since the last look that succeeded is told to nobody. */
const MISSED = "nobody is told of what happened last, since the last look failed";

/** Tells how long the end may take, in milliseconds. */
function timeLeft({ clock, stop }: NotifierPlace): () => number {
  let limit: number | undefined;
  const stopped = () => limit = clock.monotonic() + SINCE_STOPPED;
  if (stop?.aborted) stopped();
  stop?.addEventListener("abort", stopped);
  return () => limit === undefined ? AT_THE_END : Math.max(AT_LEAST, limit - clock.monotonic());
}

async function lookInTime({ look, clock }: NotifierPlace, patience: number): Promise<Look> {
  const done = new AbortController();
  const late = clock.sleep(patience, done.signal).then(() => ({
    away: `it has not answered for ${patience / 1_000} s`,
  }));
  const failed = (error: unknown) => ({
    away: messageOf(error),
  });
  try {
    return await Promise.race([look().catch(failed), late]);
  } finally {
    done.abort();
  }
}
