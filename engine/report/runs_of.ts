import type { AnyResult } from "../charts/run_caption.ts";
import { PortfolioResult } from "../research/portfolio_result.ts";
import type { Result } from "../research/result.ts";

/** What ran: of a portfolio, each of its instruments that had a candle to act on, in their order. */
export interface OneRun {
  /** The instrument; empty for what ran alone. */
  name: string;
  result: Result;
}

/** The runs of a result. */
export function runsOf(result: AnyResult): OneRun[] {
  if (!(result instanceof PortfolioResult)) return [{ name: "", result }];
  return result.instruments.filter((name) => result.acted(name).length > 0)
    .map((name) => ({ name, result: result.of(name) }));
}
