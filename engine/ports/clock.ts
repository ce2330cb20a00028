/** Time as the live side sees it; a replayed tape brings its own. */
export interface Clock {
  /** UTC milliseconds. */
  now(): number;
  /** Milliseconds since some moment. It runs evenly, whatever the time is set to, and never goes back. */
  monotonic(): number;
  /** Resolves after `milliseconds`, or at once when `signal` aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
