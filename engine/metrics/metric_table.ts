import { AGAINST_BUY_AND_HOLD } from "./sections/against_buy_and_hold.ts";
import { COSTS } from "./sections/costs.ts";
import { DISTRIBUTION } from "./sections/distribution.ts";
import { RETURNS } from "./sections/returns.ts";
import { RISK } from "./sections/risk.ts";
import { TRADES } from "./sections/trades.ts";

/**
 * Every metric, by its name in a summary and in the order of printing. Adding one is adding its file
 * and its line in its section.
 */
export const METRICS = {
  ...RETURNS,
  ...RISK,
  ...DISTRIBUTION,
  ...AGAINST_BUY_AND_HOLD,
  ...TRADES,
  ...COSTS,
};
