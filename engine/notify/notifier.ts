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
  clock: Clock;
  log: Tell;
}

/** Somebody who notifies. */
export interface Notifier {
  /** How it goes to tell each receiver. */
  receivers(): ReceiverStanding[];
  close(): Promise<void>;
}

/** How often it looks, how long a look may take, and how long what waits may take at the end. */
const EVERY = 5_000, PATIENCE = 10_000, LAST_PATIENCE = 1_500;

/**
 * Looks at bots and data again and again, and tells receivers what has happened, until it is closed. It
 * goes by what is stored, not by messages of the bus, for these may be lost. Nothing waits for it, and
 * whatever fails is logged.
 */
export function startNotifier(place: NotifierPlace): Notifier {
  const { receivers, perMinute, clock, log } = place;
  const stop = new AbortController(), end = new AbortController();
  const boxes = receivers.map((one) =>
    new Mailbox(one, { clock, log, perMinute, stop: end.signal })
  );
  const observe = observer();
  const round = async () => {
    const happened = observe(await lookInTime(place));
    for (const box of boxes) box.put(happened);
  };
  const looking = (async () => {
    for (; !stop.signal.aborted; await clock.sleep(EVERY, stop.signal)) await round();
  })().catch((error) => log(`notify: ended, ${error}`, { level: "error" }));
  const close = async () => {
    stop.abort();
    const told = looking.then(() => Promise.all(boxes.map((box) => box.settled())));
    await Promise.race([told, clock.sleep(LAST_PATIENCE)]);
    end.abort();
    await Promise.all(boxes.map((box) => box.end()));
  };
  return { close, receivers: () => boxes.map(({ standing }) => standing) };
}

async function lookInTime({ look, clock }: NotifierPlace): Promise<Look> {
  const done = new AbortController();
  const late = clock.sleep(PATIENCE, done.signal).then(() => ({
    away: `it has not answered for ${PATIENCE / 1_000} s`,
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
