import { iso } from "../market/checks.ts";
import { formatNumber } from "../metrics/format_number.ts";
import { toJson } from "../metrics/to_json.ts";
import type { Fold, WalkForward } from "../search/walk_forward_result.ts";
import { textTable } from "./bot_table.ts";

const HEAD = [
  "trained",
  "tested",
  "parameters",
  "Sharpe in",
  "out",
  "return in",
  "out",
  "drawdown in",
  "out",
  "trades in",
  "out",
];

/** Window by window what was chosen and what came of it, and all tests as one. */
export function walkForwardText(walked: WalkForward): string {
  const { folds, totalReturn, sharpe, maxDrawdown, trades, efficiency } = walked;
  const ratio = (value: number) => formatNumber(value, "ratio");
  const fraction = (value: number) => formatNumber(value, "fraction");
  const said = Number.isNaN(efficiency)
    ? "Training showed no Sharpe ratio above 0 to compare it with."
    : `That is ${
      fraction(efficiency)
    } of what training showed on average (walk-forward efficiency).`;
  return [
    textTable(HEAD, folds.map(cells), 3),
    `All ${folds.length} tests as one: return ${fraction(totalReturn)}, Sharpe ${ratio(sharpe)}, ` +
    `max drawdown ${fraction(maxDrawdown)}, ${trades} trades.`,
    said,
  ].join("\n");
}

function cells({ inSample, params, ...fold }: Fold): string[] {
  const named = Object.entries(params).map(([name, value]) => `${name} ${value}`).join(", ");
  const number = (of: "sharpe" | "totalReturn" | "maxDrawdown", unit: "ratio" | "fraction") => [
    formatNumber(inSample[of], unit),
    formatNumber(fold[of], unit),
  ];
  return [
    span(fold.trainFrom, fold.trainTo),
    span(fold.testFrom, fold.testTo),
    named,
    ...number("sharpe", "ratio"),
    ...number("totalReturn", "fraction"),
    ...number("maxDrawdown", "fraction"),
    String(inSample.trades),
    String(fold.trades),
  ];
}

/** From a day up to another. */
const span = (from: number, to: number) => `${iso(from).slice(0, 10)} … ${iso(to).slice(0, 10)}`;

/** The same as one JSON object. */
export function walkForwardJson(walked: WalkForward): string {
  const { totalReturn, sharpe, maxDrawdown, trades, efficiency } = walked;
  const stitched = { totalReturn, sharpe, maxDrawdown, trades, efficiency };
  return toJson({ windows: walked.table().rows, stitched });
}
