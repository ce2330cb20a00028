import { systemClock } from "../live/system_clock.ts";
import type { Store } from "../ports/store.ts";
import { UnreachableError } from "../ports/store_errors.ts";

/** So long may a database take to say that it is there, in milliseconds. */
const PATIENCE = 2_000;

/**
 * Resolves as `work` does, which ends in order some time after `stop` aborts. If the database is away
 * then, that would take long and come to nothing: so it is not waited for, and an `UnreachableError`
 * says so. What `work` was doing is left to its fate.
 */
export async function unlessAway<T>(
  store: Pick<Store, "healthCheck">,
  stop: AbortSignal,
  work: Promise<T>,
): Promise<T> {
  const done = new AbortController(), either = AbortSignal.any([stop, done.signal]);
  const left = aborted(either).then(async () => {
    if (done.signal.aborted) return await work;
    const late = systemClock.sleep(PATIENCE, done.signal).then(() => "it does not answer");
    const trouble = await Promise.race([late, troubleOf(store)]);
    if (trouble === undefined || done.signal.aborted) return await work;
    work.catch(() => {});
    throw new UnreachableError(
      `Stopped while the database is away: ${trouble}. What it lacks is fetched at the next start`,
    );
  });
  try {
    return await Promise.race([work, left]);
  } finally {
    done.abort();
    left.catch(() => {});
  }
}

async function troubleOf(store: Pick<Store, "healthCheck">): Promise<string | undefined> {
  const { healthy, detail } = await store.healthCheck();
  return healthy ? undefined : detail;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true })
  );
}
