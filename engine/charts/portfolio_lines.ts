import type { PortfolioResult } from "../research/portfolio_result.ts";
import { lineColour, type Look } from "./look.ts";

/** What is drawn of an instrument: one value for each time of the result. */
export interface PortfolioLine {
  name: string;
  colour: string;
  /** Of equity that its position takes, in percent, longs and shorts alike. */
  share: Float64Array;
  /** What it has earned so far, in the quote currency. */
  profit: Float64Array;
}

/** The instruments of a result, largest first; where there are more than colours, the rest as one. */
export function portfolioLines(result: PortfolioResult, look: Look): PortfolioLine[] {
  const equity = result.equity.column("equity"), most = look.lines.length;
  const ranked = result.contributions.rows.toSorted((a, b) => b.meanWeight - a.meanWeight);
  const each = ranked.map(({ instrument }) => ({
    name: instrument,
    share: result.values.column(instrument).map((value, row) =>
      value === 0 ? 0 : 100 * Math.abs(value) / equity[row]
    ),
    profit: result.profits.column(instrument),
  }));
  const rest = each.length > most ? each.splice(most - 1) : [];
  if (rest.length > 0) {
    const sum = (of: "share" | "profit") =>
      equity.map((_, row) => rest.reduce((sum, line) => sum + line[of][row], 0));
    each.push({ name: `${rest.length} others`, share: sum("share"), profit: sum("profit") });
  }
  return each.map((line, n) => ({ ...line, colour: lineColour(look, n) }));
}
