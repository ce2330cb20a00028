/**
 * A `paused` bot opens nothing, and goes on looking after what it holds. `quarantined` bots crashed too
 * often, and `diverged` ones do not do again what is stored of them: both wait for a person.
 */
export type BotStatus =
  | "running"
  | "paused"
  | "stopped"
  | "finished"
  | "crashed"
  | "quarantined"
  | "diverged";

/**
 * The statuses of bots that go on when their process has ended, deciding what they missed as it would have
 * been: a crashed one was waiting for its restart.
 */
export const AT_WORK: readonly BotStatus[] = ["running", "paused", "crashed"];

/** A bot at work says so every five seconds; one that says nothing for so long, in ms, has stalled. */
export const SIGN_OF_LIFE = 30_000;
