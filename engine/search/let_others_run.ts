/**
 * Lets timers, signals and requests have their turn: a search computes without a pause, and nobody who
 * wants to end it, or to look at it, is heard until it does.
 */
export function letOthersRun(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
