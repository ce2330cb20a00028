import { alpha } from "../alpha.ts";
import { beta } from "../beta.ts";
import { correlation } from "../correlation.ts";
import { informationRatio } from "../information_ratio.ts";
import { metricsOf } from "../metric.ts";

const metric = metricsOf("Against buy and hold");
const more = { more: true }, moreBeside = { beside: true, more: true };

/** The period returns beside those of buying and holding. */
export const AGAINST_BUY_AND_HOLD = {
  alpha: metric("Alpha a year", "fraction", (m) => alpha(m.returns, m.benchmark, m.settings), more),
  beta: metric("Beta", "ratio", (m) => beta(m.returns, m.benchmark), moreBeside),
  informationRatio: metric(
    "Information ratio",
    "ratio",
    (m) => informationRatio(m.returns, m.benchmark, m.settings),
    more,
  ),
  correlation: metric(
    "Correlation",
    "ratio",
    (m) => correlation(m.returns, m.benchmark),
    moreBeside,
  ),
};
