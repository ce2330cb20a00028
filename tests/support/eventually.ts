/** What has not come for so long will not, on a busy machine either, in milliseconds. */
const PATIENCE = 60_000;

/**
 * Waits until something holds that other processes or connections bring about. Throws an error that says
 * what it was when it does not, so that a test fails instead of hanging.
 */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  patience = PATIENCE,
): Promise<void> {
  const since = performance.now();
  while (!await inTime(what, holds(), patience)) {
    if (performance.now() - since > patience) throw new NeverCame(what);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** What `promise` comes to; throws an error that says what it was when it does not come in time. */
export async function inTime<T>(
  what: string,
  promise: Promise<T> | T,
  patience = PATIENCE,
): Promise<T> {
  if (!(promise instanceof Promise)) return promise;
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new NeverCame(what)), patience);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Something that a test waited for did not come. */
class NeverCame extends Error {
  constructor(what: string) {
    super(`It never came about: ${what}`);
  }
}
