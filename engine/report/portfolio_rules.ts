import { DEFAULT_WINDOW, type PortfolioSettings } from "../account/portfolio/settings.ts";
import { formatNumber } from "../metrics/format_number.ts";
import type { PortfolioResult } from "../research/portfolio_result.ts";

/** How instruments share one account, and in what order things happen among them. */
export function portfolioRules({ portfolio, instruments }: PortfolioResult): string[] {
  const { maxOpenPositions: most, exposureCap } = portfolio;
  return [
    sharesText(portfolio, instruments),
    ...(most === undefined
      ? []
      : [`At most ${most} ${most === 1 ? "position is" : "positions are"} open at a time.`]),
    ...(exposureCap === undefined ? [] : [
      `No entry makes all positions together more than ${percent(exposureCap)} of equity.`,
    ]),
    rebalanceText(portfolio),
    `Instruments that want the same cash are served in this order: ${instruments.join(", ")}.`,
    "At each time, whatever leaves a position does so before anything enters one, and cash that is freed " +
    "inside a candle buys nothing in it.",
    "What it would take to buy shorts back, and as much again, is nobody's to spend.",
    "An instrument without a candle keeps its last close and its orders.",
  ];
}

function sharesText(
  { allocation, weights, window = DEFAULT_WINDOW }: PortfolioSettings,
  instruments: readonly string[],
): string {
  if (allocation !== undefined) {
    const shares = instruments.map((name) => `${name} ${percent(allocation[name])}`);
    return `Each instrument may take its own share of equity: ${shares.join(", ")}.`;
  }
  if (weights !== "inverseVolatility") return "Each instrument may take an equal share of equity.";
  return "Each instrument may take a share of equity in inverse proportion to the deviation of its last " +
    `${window} returns. Correlations are not known to it.`;
}

function rebalanceText({ rebalance }: PortfolioSettings): string {
  if (rebalance === undefined) return "Positions are left as they are until they are closed.";
  const { days, threshold } = rebalance;
  const when = days === undefined
    ? "after any close"
    : `after the first close of ${days === 1 ? "each UTC day" : `every ${days} UTC days`}`;
  const which = threshold === undefined
    ? "positions are brought back to their shares"
    : `positions that are off their shares by more than ${
      percent(threshold)
    } of equity are brought back`;
  return `${which[0].toUpperCase()}${which.slice(1)} ${when}.`;
}

function percent(fraction: number): string {
  return formatNumber(fraction, "fraction");
}
