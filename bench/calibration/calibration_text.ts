import type { CalibrationRow } from "./calibration_row.ts";

/** The table of one family in Markdown. */
export function calibrationText(rows: readonly CalibrationRow[]): string {
  return [HEAD, HEAD.replace(/[^|]+/g, " --- "), ...rows.map(line)].join("\n");
}

const HEAD =
  "| planted Sharpe a year | searches | deflated Sharpe > 0.95 | theory: planted set alone | " +
  "theory: best of all sets | luck ≤ 5 % | mean PBO | independent trials | luck's best, a year |";

function line(row: CalibrationRow): string {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  return `| ${
    [
      row.sharpe === 0 ? "none: noise" : String(row.sharpe),
      String(row.searches),
      percent(row.found),
      percent(row.alone),
      percent(row.best),
      percent(row.rare),
      percent(row.overfitting),
      row.independent.toFixed(1),
      row.expectedSharpe.toFixed(2),
    ].join(" | ")
  } |`;
}
