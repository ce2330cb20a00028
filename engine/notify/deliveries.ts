import type { Clock } from "../ports/clock.ts";
import type { ReceiverStanding } from "../ports/receiver_standing.ts";
import type { Tell } from "../ports/tell.ts";

/** The same is said of a receiver once in so long at most, in milliseconds. */
const SAID_ANEW = 600_000;

/** What became of what a receiver was to be told. */
export interface Deliveries {
  readonly standing: ReceiverStanding;
  /** It took so many happenings. */
  taken(happenings: number): void;
  /** A request failed, for a reason without the address. */
  failed(detail: string): void;
  /** So many happenings will not be told. */
  lost(happenings: number, why: string): void;
  /** Says what was lost and not said yet. */
  end(): void;
}

/** Counts what becomes of it, and logs what does not arrive: sparingly, since a receiver may be away for days. */
export function deliveries(name: string, { clock, log }: { clock: Clock; log: Tell }): Deliveries {
  const standing: ReceiverStanding = { name, told: 0, lost: 0, failures: 0, trouble: undefined };
  const trouble = sparingly(clock), loss = sparingly(clock);
  let unsaid = 0, lastWhy = "", isSaid = false;
  const warn = (text: string) => log(`notify: ${name} ${text}`, { level: "warning" });
  const sayLoss = () => {
    warn(`was not told of ${unsaid} happening${unsaid === 1 ? "" : "s"}: ${lastWhy}`);
    unsaid = 0;
  };
  return {
    standing,
    taken(happenings) {
      standing.told += happenings;
      if (isSaid) log(`notify: ${name} is told again`);
      standing.trouble = undefined;
      isSaid = false;
    },
    failed(detail) {
      standing.failures++;
      standing.trouble = { since: standing.trouble?.since ?? clock.now(), detail };
      if (!trouble()) return;
      warn(`cannot be told: ${detail}`);
      isSaid = true;
    },
    lost(happenings, why) {
      standing.lost += happenings;
      unsaid += happenings;
      lastWhy = why;
      if (loss()) sayLoss();
    },
    end() {
      if (unsaid > 0) sayLoss();
    },
  };
}

/** Whether something may be said now that was perhaps said a while ago. */
function sparingly(clock: Clock): () => boolean {
  let saidAt = -Infinity;
  return () => {
    const now = clock.monotonic();
    if (now - saidAt < SAID_ANEW) return false;
    saidAt = now;
    return true;
  };
}
