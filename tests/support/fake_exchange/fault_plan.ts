import { between, type Random, seededRandom, wholeNear } from "../../../data/random.ts";

/** What can be done to the sockets of whoever listens. */
export const SOCKET_FAULTS = ["close", "reset", "halfOpen", "silence"] as const;

/** What can be done to pushed trades. */
export const FRAME_FAULTS = [
  "burst",
  "duplicate",
  "reorder",
  "late",
  "malformed",
  "oversized",
] as const;

/** What can be done to answers over REST. */
export const PAGE_FAULTS = ["429", "500", "timeout", "empty", "overlapping", "truncated"] as const;

export type SocketFault = typeof SOCKET_FAULTS[number];
export type FrameFault = typeof FRAME_FAULTS[number];
export type PageFault = typeof PAGE_FAULTS[number];
export type FaultClass = SocketFault | FrameFault | PageFault | "skew";

export const FAULT_CLASSES: readonly FaultClass[] = [
  ...SOCKET_FAULTS,
  ...FRAME_FAULTS,
  ...PAGE_FAULTS,
  "skew",
];

/** Something that goes wrong once. */
export interface Fault {
  class: FaultClass;
  /** When, as a fraction of the tape's time. */
  at: number;
  /** For how long, in milliseconds of the exchange's clock, where that has a meaning. */
  lasts: number;
  /** How many frames, trades or requests it hits, where that has a meaning. */
  times: number;
  /** Chooses what is left open. */
  seed: number;
}

/** What goes wrong, and when. */
export interface FaultPlan {
  seed: number;
  /** In the order of time. */
  faults: readonly Fault[];
  /** By how much the exchange's clock is ahead of the listener's, in milliseconds. */
  skew: number;
}

/** For how long at least and at most, in milliseconds of the exchange's clock. */
const LASTS: Readonly<Partial<Record<FaultClass, readonly [number, number]>>> = {
  close: [0, 5_000],
  reset: [0, 5_000],
  silence: [5_000, 60_000],
  burst: [500, 3_000],
};

/** How many at least and at most. */
const TIMES: Readonly<Partial<Record<FaultClass, readonly [number, number]>>> = {
  duplicate: [1, 20],
  reorder: [1, 10],
  late: [1, 3],
  malformed: [3, 12],
  "429": [1, 3],
  "500": [1, 3],
  timeout: [1, 1],
  empty: [1, 2],
  overlapping: [1, 3],
  truncated: [1, 3],
};

/** Faults of a class in one run, on average. */
const FAULTS = 2;

/** No faults in the very first and last part of a tape. */
const FIRST = 0.04, LAST = 0.92;

/** A schedule of faults of the given classes, the same for the same seed everywhere. */
export function faultPlan(
  seed: number,
  classes: readonly FaultClass[] = FAULT_CLASSES,
): FaultPlan {
  const random = seededRandom(seed);
  const faults = classes.filter((name) => name !== "skew").flatMap((name) => {
    return Array.from(
      { length: Math.max(1, wholeNear(random, FAULTS)) },
      () => fault(name, random),
    );
  });
  const skew = Math.round(between(random, 500, 5_000)) * (random() < 0.5 ? 1 : -1);
  return {
    seed,
    faults: faults.sort((a, b) => a.at - b.at),
    skew: classes.includes("skew") ? skew : 0,
  };
}

function fault(name: FaultClass, random: Random): Fault {
  const [shortest, longest] = LASTS[name] ?? [0, 0], [fewest, most] = TIMES[name] ?? [1, 1];
  return {
    class: name,
    at: between(random, FIRST, LAST),
    lasts: Math.round(between(random, shortest, longest)),
    times: fewest + Math.floor((most - fewest + 1) * random()),
    seed: Math.floor(random() * 2 ** 32),
  };
}
