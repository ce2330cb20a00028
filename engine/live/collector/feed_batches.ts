import { InputError } from "../../market/errors.ts";
import type { Instrument } from "../../market/trade.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Feed, FeedBatch } from "../../ports/feed.ts";

/** The first and the longest wait before a feed is tried again that broke off, in milliseconds. */
const FIRST_WAIT = 1_000, LONGEST_WAIT = 60_000;

/** What is read of a feed, and who is told when it breaks off. */
export interface Reading {
  feed: Feed;
  instruments: readonly Instrument[];
  since(instrument: Instrument): number | undefined;
  clock: Clock;
  tell(message: string): void;
  signal: AbortSignal;
}

/**
 * A feed's batches; a feed that breaks off is tried again, from where it is needed then. Throws the
 * `InputError`s of the feed.
 */
export async function* feedBatches(
  { feed, instruments, since, clock, tell, signal }: Reading,
): AsyncGenerator<FeedBatch> {
  for (let wait = FIRST_WAIT;; wait = Math.min(2 * wait, LONGEST_WAIT)) {
    try {
      for await (const batch of feed.trades(instruments, since, signal)) {
        wait = FIRST_WAIT;
        yield batch;
      }
      return;
    } catch (error) {
      if (error instanceof InputError || !(error instanceof Error)) throw error;
      tell(`A feed broke off, and is tried again in ${wait / 1_000} s: ${error.message}`);
    }
    await clock.sleep(wait, signal);
    if (signal.aborted) return;
  }
}
