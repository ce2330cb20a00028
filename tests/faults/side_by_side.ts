/**
 * Runs each seed, so many at a time, until `signal` aborts; then none is begun, and it throws. What was begun
 * ends first, whatever comes of the others.
 */
export async function sideBySide(
  seeds: readonly number[],
  signal: AbortSignal,
  run: (seed: number) => Promise<void>,
  atOnce: number = AT_ONCE,
): Promise<void> {
  const pending = [...seeds];
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, async () => {
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      signal.throwIfAborted();
      await run(next);
    }
  }));
  // Only when all have put away what they set up.
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

/** Of runs that work all the time, more do not go faster on two cores. */
const AT_ONCE = 2;
