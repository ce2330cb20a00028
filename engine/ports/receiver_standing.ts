/** How it goes to tell a receiver of notifications. Its address, which may be a secret, is in none of it. */
export interface ReceiverStanding {
  /** Its kind, numbered where there are several: "telegram", "webhook 2". */
  name: string;
  /** Happenings that it took. */
  told: number;
  /** Happenings that it was never told of. */
  lost: number;
  /** Requests that failed. */
  failures: number;
  /** Since when (UTC milliseconds) none has succeeded, and what came of the last one; none if it did. */
  trouble: { since: number; detail: string } | undefined;
}
