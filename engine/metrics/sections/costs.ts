import { annualTurnover } from "../annual_turnover.ts";
import { metricsOf } from "../metric.ts";

const metric = metricsOf("Costs");

/** What trading cost. */
export const COSTS = {
  /** Quote currency. */
  fees: metric("Fees", "money", (m) => m.performance.fees),
  /** Quote currency: what fills were worse than the prices that were quoted, spread and impact included. */
  slippage: metric(
    "Slippage",
    "money",
    (m) => m.performance.slippage,
    { beside: true, more: true },
  ),
  /** Quote currency: the notionals of every fill added up. */
  turnover: metric("Turnover", "money", (m) => m.performance.turnover),
  /** In multiples of the mean equity. */
  annualTurnover: metric(
    "Times equity a year",
    "ratio",
    (m) => annualTurnover(m.performance.turnover, m.ends, m.days),
    { beside: true },
  ),
  /** Quote currency: what was paid for holding positions of perpetuals; negative if more was received. */
  funding: metric("Funding", "money", (m) => m.performance.funding, { more: true }),
};
