import { bestPeriod } from "../best_period.ts";
import { buyAndHold } from "../buy_and_hold.ts";
import { exposureAdjustedReturn } from "../exposure_adjusted_return.ts";
import { finalEquity } from "../final_equity.ts";
import { metricsOf } from "../metric.ts";
import { totalReturn } from "../total_return.ts";
import { winningPeriods } from "../winning_periods.ts";
import { worstPeriod } from "../worst_period.ts";

const metric = metricsOf("Returns");
const beside = { beside: true }, more = { more: true }, moreBeside = { beside: true, more: true };

/** What the money did. */
export const RETURNS = {
  /** Quote currency; see `finalEquity`. */
  finalEquity: metric("Final equity", "money", (m) => finalEquity(m.performance)),
  /** From the first row's open to the last row's close, fractions of a day included. */
  days: metric("Days", "days", (m) => m.days, beside),
  totalReturn: metric("Total return", "fraction", (m) => totalReturn(m.performance)),
  buyAndHold: metric(
    "Buy and hold",
    "fraction",
    (m) => buyAndHold(m.performance.benchmark),
    beside,
  ),
  cagr: metric("CAGR", "fraction", (m) => m.growth),
  exposureAdjustedReturn: metric(
    "CAGR / exposure",
    "fraction",
    (m) => exposureAdjustedReturn(m.growth, m.exposure),
    more,
  ),
  winningPeriods: metric(
    "Winning periods",
    "fraction",
    (m) => winningPeriods(m.returns),
    moreBeside,
  ),
  bestPeriod: metric("Best period", "fraction", (m) => bestPeriod(m.returns), more),
  worstPeriod: metric("Worst period", "fraction", (m) => worstPeriod(m.returns), moreBeside),
};
