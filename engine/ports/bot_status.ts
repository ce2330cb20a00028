/** `quarantined` bots crashed too often and wait for a person. */
export type BotStatus = "running" | "stopped" | "finished" | "crashed" | "quarantined";

/**
 * The statuses of bots that go on when their process has ended, deciding what they missed as it would have
 * been: a crashed one was waiting for its restart.
 */
export const AT_WORK: readonly BotStatus[] = ["running", "crashed"];
