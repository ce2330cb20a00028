/** The clock of a machine on which a live process runs, as the exchange's time is played to it. */
export interface ChildClock {
  /** Where it stands until it runs, UTC milliseconds. */
  start: number;
  /** Since when it runs, by this machine's real clock. */
  since?: number;
  /** How many times faster than real time. */
  pace: number;
  /** By how much somebody has set it forward (or back, below 0), in milliseconds. */
  set: number;
}

/**
 * Gives this process such a clock, in place of the machine's: what it takes for the time of day, and what it
 * takes for the time that nobody sets. Timers go on in real time. Change `clock` to set it or to let it run.
 */
export function wearClock(clock: ChildClock): void {
  const real = () => performance.timeOrigin + monotonic();
  const monotonic = performance.now.bind(performance);
  const passed = () =>
    clock.since === undefined ? 0 : Math.max(0, real() - clock.since) * clock.pace;
  Date.now = () => Math.floor(clock.start + passed() + clock.set);
  performance.now = () => 1_000 + passed();
}
