import type { Clock } from "../ports/clock.ts";
import type { Telling } from "./receivers/receiver.ts";

/** So long may a receiver take to answer, in milliseconds. */
export const TIME_LIMIT = 10_000;

/** The longest wait that a receiver can ask for, in milliseconds. */
const LONGEST_WAIT = 300_000;

/** What came of a try: `detail` says it without the address, which may be a secret. */
export type Outcome =
  | { outcome: "taken" }
  | { outcome: "refused"; detail: string }
  | { outcome: "failed"; detail: string; wait: number };

/** Tries once to tell a receiver. Never throws. */
export async function deliver(
  { url, headers, body }: Telling,
  clock: Clock,
  stop: AbortSignal,
): Promise<Outcome> {
  const done = new AbortController(), limit = new AbortController();
  void clock.sleep(TIME_LIMIT, done.signal).then(() => limit.abort());
  try {
    const signal = AbortSignal.any([limit.signal, stop]);
    // An address that leads elsewhere would be given the secrets of this one.
    const answer = await fetch(url, { method: "POST", headers, body, signal, redirect: "manual" });
    await answer.body?.cancel();
    return judged(answer);
  } catch (error) {
    // The texts of fetch's errors have the address in them.
    if (error instanceof Deno.errors.NotCapable) {
      return {
        outcome: "refused",
        detail: "this process may not reach it: LOCKSTEP_NET=--allow-net lets it",
      };
    }
    const detail = limit.signal.aborted ? "it did not answer" : "it could not be reached";
    return { outcome: "failed", detail, wait: 0 };
  } finally {
    done.abort();
  }
}

function judged({ ok, status, headers }: Response): Outcome {
  if (ok) return { outcome: "taken" };
  const detail = `it answered ${status}`;
  if (status !== 408 && status !== 429 && status < 500) return { outcome: "refused", detail };
  const seconds = Number(headers.get("retry-after") ?? 0);
  const wait = seconds > 0 ? Math.min(LONGEST_WAIT, seconds * 1_000) : 0;
  return { outcome: "failed", detail, wait };
}
