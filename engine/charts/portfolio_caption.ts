import type { PortfolioResult } from "../research/portfolio_result.ts";
import { valueText } from "./captions.ts";

/** As many instruments as are named one by one. */
const MOST_NAMED = 4;

/** The strategies of a portfolio and its instruments. */
export function portfolioCaption({ spec, instruments }: PortfolioResult): string {
  const strategies = new Set(spec.instruments.map(({ run: { strategy, parameters } }) => {
    const values = Object.entries(parameters).map(([name, value]) => valueText(name, value));
    return strategy.name + (values.length === 0 ? "" : ` (${values.join(", ")})`);
  }));
  const what = strategies.size <= 2 ? [...strategies].join(", ") : `${strategies.size} strategies`;
  const on = instruments.length <= MOST_NAMED
    ? instruments.join(", ")
    : `${instruments.length} instruments`;
  return `${what} on ${on}, one account`;
}
