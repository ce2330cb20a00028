import type { Clock } from "../ports/clock.ts";
import { UnreachableError } from "../ports/store_errors.ts";

/** How long to wait for an answer, in milliseconds. */
const PATIENCE = 20_000;

/**
 * There was no answer. What was asked for may happen all the same: whoever asked has to look again
 * before going on, as a bot does that is resumed.
 */
export class NoAnswerError extends UnreachableError {
  override name = "NoAnswerError";
}

/**
 * A store or bus whose every method settles within 20 s, if need be with a `NoAnswerError` that calls
 * it `name`. A connection that is cut in the wrong moment leaves the driver waiting for ever, and
 * whoever waits for it would stand still without a word.
 */
export function answering<T extends object>(part: T, name: string, clock: Clock): T {
  return new Proxy(part, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value === "function") {
        return (...args: unknown[]) => inTime(value.apply(target, args), name, clock);
      }
      return typeof value === "object" && value !== null ? answering(value, name, clock) : value;
    },
  });
}

async function inTime<T>(answer: Promise<T>, name: string, clock: Clock): Promise<T> {
  const answered = new AbortController();
  const patience = clock.sleep(PATIENCE, answered.signal).then(() => {
    if (answered.signal.aborted) return answer;
    throw new NoAnswerError(`${name} has not answered for ${PATIENCE / 1_000} s`);
  });
  try {
    return await Promise.race([answer, patience]);
  } finally {
    answered.abort();
  }
}
