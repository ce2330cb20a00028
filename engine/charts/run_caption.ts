import { PortfolioResult } from "../research/portfolio_result.ts";
import type { Result } from "../research/result.ts";
import { marketCaption, strategyCaption } from "./captions.ts";
import { portfolioCaption } from "./portfolio_caption.ts";

/** What a picture of equity, drawdowns or trades may be of. */
export type AnyResult = Result | PortfolioResult;

/** What ran: a strategy, or a portfolio with its instruments. */
export function ranCaption(result: AnyResult): string {
  return result instanceof PortfolioResult ? portfolioCaption(result) : strategyCaption(result);
}

/** What ran on what: a strategy on a market, or a portfolio. */
export function runCaption(result: AnyResult, symbol: string): string {
  const ran = ranCaption(result);
  return result instanceof PortfolioResult ? ran : `${ran} on ${marketCaption(symbol, result)}`;
}
