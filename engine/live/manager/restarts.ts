/** A bot that crashes more often than this within the hour is not restarted any more. */
const MOST_RESTARTS = 3;

const HOUR = 3_600_000;

/** How long to wait before the next restart of a bot that was restarted at these times, in ms. */
export function restartDelay(restarts: readonly number[], now: number): number | "quarantine" {
  const recent = restarts.filter((at) => at > now - HOUR).length;
  return recent >= MOST_RESTARTS ? "quarantine" : 1_000 * 2 ** recent;
}
