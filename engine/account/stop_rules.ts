import type { NumberRule } from "./rule.ts";

/** A stop as it is declared, once: what strategies, configs and hand-made signals may say of it. */
export interface StopRule {
  rule: NumberRule;
  description: string;
}

/** Every stop. Fractions are of the entry price, slippage included. */
export const STOPS = {
  stopLoss: {
    // A price cannot fall by all of itself or more, so such a stop would never be reached.
    rule: {
      type: "number",
      above: 0,
      below: 1,
      allowed: "a fraction of the entry price, above 0 and below 1",
    },
    description: "Closes a position that lost this fraction of the entry price",
  },
  takeProfit: {
    rule: { type: "number", above: 0, allowed: "a fraction of the entry price, above 0" },
    description: "Closes a position that gained this fraction of the entry price",
  },
} as const satisfies Record<string, StopRule>;

export type StopName = keyof typeof STOPS;

/** Where a position is closed without a signal. */
export type Stops = { [Name in StopName]?: number };
