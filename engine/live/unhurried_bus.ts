import type { Bus, BusMessage } from "../ports/bus.ts";

/** So many messages wait at most; then the oldest is dropped, which is out of date by then. */
export const MOST_WAITING = 1_000;

/** A bus that can be waited for. */
export interface UnhurriedBus extends Bus {
  /** Resolves when what was published is sent, or was dropped. */
  sent(): Promise<void>;
}

/**
 * A bus whose `publish` keeps nobody waiting: messages are sent one after the other, as fast as `bus`
 * takes them. It is for a bus that never throws. The store is the truth, and a message only wakes, so
 * that a bus which hangs must not keep candles from being stored.
 */
export function unhurriedBus(bus: Bus): UnhurriedBus {
  const waiting: [channel: string, message: BusMessage][] = [];
  let sending: Promise<void> | undefined;
  const send = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await bus.publish(...next);
    sending = undefined;
  };
  return {
    ...bus,
    publish: (...message) => {
      waiting.push(message);
      if (waiting.length > MOST_WAITING) waiting.shift();
      sending ??= send();
      return Promise.resolve();
    },
    sent: () => sending ?? Promise.resolve(),
  };
}
