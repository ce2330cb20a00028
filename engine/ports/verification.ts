/**
 * What came of a verification: a bot does the `same` again, to the bit, from its first candle on; it has
 * `diverged`; or this engine cannot run it any more, so that it stays `unknown`.
 */
export type VerificationOutcome = "same" | "diverged" | "unknown";

/** When a bot was verified last, and what came of it. */
export interface VerificationRecord {
  /** UTC milliseconds, by the clock of whoever verified it. */
  at: number;
  /** Close time of the last candle that was looked at; null if it had decided none. */
  to: number | null;
  outcome: VerificationOutcome;
  /** In words: the first row that differs and why, or why it is unknown; empty if it does the same. */
  detail: string;
}
