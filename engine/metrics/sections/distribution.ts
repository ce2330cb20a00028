import { commonSenseRatio } from "../common_sense_ratio.ts";
import { conditionalValueAtRisk } from "../conditional_value_at_risk.ts";
import { excessKurtosis } from "../excess_kurtosis.ts";
import { gaussianValueAtRisk } from "../gaussian_value_at_risk.ts";
import { metricsOf } from "../metric.ts";
import { skewness } from "../skewness.ts";
import { tailRatio } from "../tail_ratio.ts";
import { valueAtRisk } from "../value_at_risk.ts";

const metric = metricsOf("Distribution of returns");
const more = { more: true }, moreBeside = { beside: true, more: true };

/** How the period returns are spread. */
export const DISTRIBUTION = {
  skewness: metric("Skewness", "ratio", (m) => skewness(m.returns), more),
  excessKurtosis: metric("Excess kurtosis", "ratio", (m) => excessKurtosis(m.returns), moreBeside),
  /** Of one period; negative for a loss. */
  valueAtRisk: metric("VaR", "fraction", (m) => valueAtRisk(m.returns, m.settings), more),
  conditionalValueAtRisk: metric(
    "Conditional VaR",
    "fraction",
    (m) => conditionalValueAtRisk(m.returns, m.settings),
    moreBeside,
  ),
  gaussianValueAtRisk: metric(
    "VaR if normal",
    "fraction",
    (m) => gaussianValueAtRisk(m.returns, m.settings),
    more,
  ),
  tailRatio: metric("Tail ratio", "ratio", (m) => tailRatio(m.returns), more),
  commonSenseRatio: metric(
    "Common sense ratio",
    "ratio",
    (m) => commonSenseRatio(m.returns),
    moreBeside,
  ),
};
