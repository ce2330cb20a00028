/**
 * Where on its way from a trade to a decision a process can be killed: when a trade was received and not
 * taken yet, when candles were closed and not stored yet, before the transaction of a decision, while it is
 * under way, behind it, and before anything is told on the bus.
 */
export const KILL_POINTS = [
  "tradeReceived",
  "candleClosed",
  "beforeTransaction",
  "inTransaction",
  "afterTransaction",
  "beforePublish",
] as const;

export type KillPoint = typeof KILL_POINTS[number];

/** How often at least a process of a run comes by, so that it can be killed the n-th time. */
export const PASSED: Readonly<Record<KillPoint, number>> = {
  tradeReceived: 600,
  candleClosed: 40,
  beforeTransaction: 60,
  inTransaction: 60,
  afterTransaction: 60,
  beforePublish: 40,
};

/** Counts how often the process comes by each point, and calls `end` at the one that is given. */
export class KillCounter {
  private left: number;

  constructor(
    private readonly point: KillPoint | undefined,
    nth: number,
    private readonly end: () => void,
  ) {
    this.left = nth;
  }

  pass(point: KillPoint): void {
    if (point === this.point && --this.left === 0) this.end();
  }

  /** Has it be the next time, whichever was meant. */
  hurry(): void {
    this.left = 1;
  }

  /** Has it be never. */
  spare(): void {
    this.left = Infinity;
  }
}
