/** A trade whose time is this far ahead of its exchange's when it came has a wrong one, in ms. */
const FAR_AHEAD = 60_000;

/** Whether a trade that came at `received` cannot be of `timestamp`; both are UTC milliseconds. */
export function isFarAhead(timestamp: number, received: number): boolean {
  return timestamp - received > FAR_AHEAD;
}
