import { PATIENCE } from "../../engine/live/outbox/outbox.ts";
import { systemClock } from "../../engine/live/system_clock.ts";
import type { Bus, BusMessage } from "../../engine/ports/bus.ts";
import type { Clock } from "../../engine/ports/clock.ts";
import type { Store } from "../../engine/ports/store.ts";
import { StoreError, UnreachableError } from "../../engine/ports/store_errors.ts";

/** A bus on which nothing is heard, although everything seems well. */
export const deafBus: Bus = {
  publish: () => Promise.resolve(),
  subscribe: () => Promise.resolve(() => Promise.resolve()),
  close: () => Promise.resolve(),
};

/** A bus within this process: who listens is called at once. */
export function localBus(): Bus {
  const listeners = new Map<string, Set<(message: BusMessage) => void>>();
  return {
    ...deafBus,
    publish: (channel, message) => {
      listeners.get(channel)?.forEach((listener) => listener(message));
      return Promise.resolve();
    },
    subscribe: (channel, listener) => {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      return Promise.resolve(() => Promise.resolve(void listeners.get(channel)!.delete(listener)));
    },
  };
}

/** A bus that loses every message, and says so when it is told to. */
export function lossyBus(): Bus & { lose(): void } {
  const missing = new Set<() => void>();
  return {
    ...deafBus,
    lose: () => missing.forEach((missed) => missed()),
    subscribe: (_channel, _listener, missed = () => {}) => {
      missing.add(missed);
      return Promise.resolve(() => Promise.resolve(void missing.delete(missed)));
    },
  };
}

/** A bus that keeps what was published. */
export function recordingBus(): Bus & { published: [channel: string, message: object][] } {
  const published: [string, object][] = [];
  return {
    ...deafBus,
    published,
    publish: (channel, message) => {
      published.push([channel, message]);
      return Promise.resolve();
    },
  };
}

/** Whether what passes through it fails; tests switch it. */
export interface Fault {
  on: boolean;
  /** Whether a store then refuses what it is asked for, instead of being away. */
  refuses?: boolean;
}

/**
 * A clock that goes so many times as fast, but that what was brought is waited for until it is stored, however slow
 * the database is, unless `fault` keeps it from that.
 */
export function hastyClock(fault: Fault, times: number): Clock {
  return {
    ...systemClock,
    sleep: (time, signal) =>
      systemClock.sleep(time === PATIENCE && !fault.on ? 30_000 : time / times, signal),
  };
}

/** A bus that fails while `fault` is on. */
export function faultyBus(fault: Fault, bus: Bus = deafBus): Bus {
  const fail = () => Promise.reject(new StoreError("Cannot reach the bus: it is off"));
  return {
    publish: (...args) => fault.on ? fail() : bus.publish(...args),
    subscribe: (...args) => fault.on ? fail() : bus.subscribe(...args),
    close: () => bus.close(),
  };
}

/** A store that nobody reaches while `fault` is on. */
export function unreachableStore(fault: Fault, store: Store): Store {
  const fail = () => {
    const ErrorClass = fault.refuses ? StoreError : UnreachableError;
    return Promise.reject(new ErrorClass("Cannot reach the database: it is off"));
  };
  const guard = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(target, name) {
        const value = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        return (...args: unknown[]) => fault.on ? fail() : value.apply(target, args);
      },
    });
  return {
    ...guard(store),
    marketData: guard(store.marketData),
    bots: guard(store.bots),
    commit: (decision) => fault.on ? fail() : store.commit(decision),
  };
}
