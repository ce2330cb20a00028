/** What a worker says to whoever shares a search out, once it takes part in it. */
export function takesPart(worker: string, processors: number): string {
  return `${worker} takes part, with ${processors} processors`;
}

/** Whether it is this that was said, and not why somebody cannot. */
export function saysTakesPart(line: string): boolean {
  return line.includes(" takes part, with ");
}
