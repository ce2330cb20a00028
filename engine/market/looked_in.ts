/**
 * Where a path was looked for, in brackets, if that is not plain from the path itself: a notebook's
 * paths begin at its own folder, a command's where it was called.
 */
export function lookedIn(path: string): string {
  return /^([/\\]|[A-Za-z]:)/.test(path) ? "" : ` (looked in ${Deno.cwd()})`;
}
