import type { TradeMoment } from "./trade_order.ts";

/** Trades that are missing, by the ids on either side of them. */
export interface IdHole {
  /** The id of the trade before them. */
  after: string;
  /** Its time, UTC milliseconds. */
  from: number;
  /** The time of the trade behind them. */
  to: number;
  /** How many ids are missing. */
  missing: number;
}

/** How many ids are one more than the newest before them. */
export interface IdSteps {
  following: number;
  /** Of so many: all but the first. */
  steps: number;
}

/** Finds the trades that are missing among those that it is given. */
export interface IdHoles {
  /** Takes the next trade, in the order of arrival; a late one closes the hole that it left. */
  add(trade: TradeMoment): void;
  /** What is missing; nothing where ids do not count up one by one, for then they tell nothing. */
  found(): IdHole[];
  /**
   * Of ids that count up, but leave out so many that nothing is found by them: whether they count
   * something else or trades are missing, nobody can tell. Of ids far from each other, as of venues that
   * number the trades of all markets together, it is not said: nobody takes them for a count.
   */
  unclear(): IdSteps | undefined;
}

/** Ids count trades if so many of them follow each other, of at least so many. */
const COUNTING = 0.95, FEWEST = 20;

/** More holes are not kept. */
const MOST_HOLES = 100_000;

/** Ids count up if most are at most so far from the one before: a tape may lack nine trades in ten. */
const NEAR = 10n;

const WHOLE = /^\d{1,40}$/;

/** Ids from `first` to `last` that did not come. */
interface Missing extends IdHole {
  first: bigint;
  last: bigint;
}

/**
 * Watches one instrument's trades for ids that are left out. Venues that number trades one by one so
 * show what was not recorded.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * const holes = idHoles();
 * for (let id = 1; id <= 50; id++) if (id !== 30) holes.add({ id: `${id}`, timestamp: 1_000 * id });
 * assert.deepEqual(holes.found(), [{ after: "29", from: 29_000, to: 31_000, missing: 1 }]);
 * ```
 */
export function idHoles(): IdHoles {
  const holes: Missing[] = [];
  let newest: { number: bigint; id: string; timestamp: number } | undefined;
  let trades = 0, following = 0, near = 0, areNumbers = true, areTooMany = false;
  const areUnclear = () => areTooMany || following < COUNTING * (trades - 1);
  return {
    add({ id, timestamp }) {
      areNumbers &&= WHOLE.test(id);
      if (!areNumbers) return;
      const number = BigInt(id);
      trades++;
      if (newest) {
        const step = number - newest.number;
        if (step <= 0n) return close(holes, number, id, timestamp);
        if (step <= NEAR) near++;
        if (step === 1n) following++;
        else if (!areTooMany) holes.push(between(newest, number, timestamp));
      }
      newest = { number, id, timestamp };
      areTooMany ||= holes.length > MOST_HOLES;
      if (areTooMany) holes.length = 0;
    },
    found() {
      if (!areNumbers || trades < FEWEST || areUnclear()) return [];
      return holes.map(({ after, from, to, missing }) => ({ after, from, to, missing }));
    },
    unclear() {
      if (!areNumbers || trades < FEWEST || !areUnclear()) return undefined;
      const steps = trades - 1;
      return 2 * near > steps ? { following, steps } : undefined;
    },
  };
}

function between(
  before: { number: bigint; id: string; timestamp: number },
  number: bigint,
  to: number,
): Missing {
  const first = before.number + 1n, last = number - 1n;
  const { id: after, timestamp: from } = before;
  return { first, last, after, from, to: Math.max(from, to), missing: Number(last - first) + 1 };
}

/** Takes a trade that came late out of its hole, which leaves one on either side or none. */
function close(holes: Missing[], number: bigint, id: string, timestamp: number): void {
  const at = holes.findLastIndex(({ first, last }) => number >= first && number <= last);
  if (at < 0) return;
  const hole = holes[at], parts: Missing[] = [];
  if (number > hole.first) {
    const missing = Number(number - hole.first);
    parts.push({ ...hole, last: number - 1n, to: timestamp, missing });
  }
  if (number < hole.last) {
    const missing = Number(hole.last - number);
    parts.push({ ...hole, first: number + 1n, after: id, from: timestamp, missing });
  }
  holes.splice(at, 1, ...parts);
}
