import type { AnyResult } from "../charts/run_caption.ts";
import { PortfolioResult } from "../research/portfolio_result.ts";
import { assumptions } from "./assumptions.ts";
import { everyMetric } from "./every_metric.ts";
import { portfolioSections } from "./portfolio_sections.ts";
import { receipt } from "./receipt.ts";
import type { Market, Settings } from "./report_options.ts";
import type { Section } from "./section.ts";
import { singleSections } from "./single_sections.ts";

/** All that a report says of a result, from what is looked at first to what is looked up. */
export function resultSections(
  result: AnyResult,
  settings: Pick<Settings, "scaling">,
  market: Market,
): Section[] {
  return [
    ...(result instanceof PortfolioResult
      ? portfolioSections(result, settings, market)
      : singleSections(result, settings, market)),
    everyMetric(result, market),
    ...assumptions(result),
    receipt(result, market),
  ];
}
