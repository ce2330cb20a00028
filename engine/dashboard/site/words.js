/** A time as UTC, to the second. */
export function timeText(time) {
  if (time === null || time === undefined) return "—";
  return new Date(time).toISOString().slice(0, 19).replace("T", " ");
}

/** The time of day, UTC. */
export const clockText = (time) => new Date(time).toISOString().slice(11, 19);

/** How long something is: the two greatest units. */
export function lengthText(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const units = [[Math.floor(seconds / 86400), "d"], [Math.floor(seconds / 3600) % 24, "h"], [
    Math.floor(seconds / 60) % 60,
    "min",
  ], [seconds % 60, "s"]];
  const first = units.findIndex(([count]) => count > 0);
  if (first < 0) return "0 s";
  return units.slice(first, first + 2).filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`).join(" ");
}

/** How long ago something was, of which `now` is the time. */
export function agoText(time, now) {
  return time === null || time === undefined ? "never" : `${lengthText(now - time)} ago`;
}
