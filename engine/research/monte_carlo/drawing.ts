import { eachFall } from "../../metrics/each_fall.ts";
import type { Random } from "../seeded_random.ts";

/** What can be left to chance: the order of trades, the returns, the candles, the parameters. */
export const CHANCES = ["trades", "returns", "candles", "parameters"] as const;
export type Chance = typeof CHANCES[number];

/** One course that things could have taken. */
export interface Drawn {
  /** Equity along the axis, in the quote currency. */
  equity: Float64Array;
  /**
   * The deepest drawdown, as a fraction, negative: along the axis, or of every row where it was run
   * anew; so a run has a deeper one by its candles than by its days, or by its closed trades alone.
   */
  maxDrawdown: number;
}

/** What draws are made of. */
export interface Drawing {
  /**
   * Behind what equity is told: ends of UTC periods (UTC milliseconds), or how many trades are closed.
   */
  axis: Float64Array;
  unit: "time" | "trades";
  /** Equity before all. */
  balance: number;
  /** What came of it in truth, measured as the draws are. */
  found: Drawn;
  draw(random: Random): Drawn;
}

/** Equity of which only the values along the axis are known. */
export function drawnAlong(balance: number, equity: Float64Array): Drawn {
  let deepest = 0;
  const known = eachFall(balance, equity, (depth) => deepest = Math.min(deepest, depth));
  return { equity, maxDrawdown: known ? deepest : NaN };
}

/** Equity that grows by one gain, a fraction, after the other; behind ruin it is 0. */
export function compounded(balance: number, count: number, gain: (i: number) => number): Drawn {
  const equity = new Float64Array(count);
  for (let i = 0, worth = balance; i < count; i++) {
    equity[i] = worth = Math.max(0, worth * (1 + gain(i)));
  }
  return drawnAlong(balance, equity);
}
