import { formatNumber } from "../metrics/format_number.ts";
import { toJson } from "../metrics/to_json.ts";
import type { WalkForward, WalkForwardWindow } from "../search/walk_forward_result.ts";
import { textTable } from "./bot_table.ts";
import { iso } from "../market/time.ts";

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
  const { folds, totalReturn, sharpe, maxDrawdown, trades } = walked;
  const ratio = (value: number) => formatNumber(value, "ratio");
  const fraction = (value: number) => formatNumber(value, "fraction");
  return [
    textTable(HEAD, folds.map(cells), 3),
    `All ${folds.length} tests as one: return ${fraction(totalReturn)}, Sharpe ${ratio(sharpe)}, ` +
    `max drawdown ${fraction(maxDrawdown)}, ${trades} trades.`,
    trainingText(walked),
  ].join("\n");
}

/** How the tests compare with what training showed, and where training showed nothing. */
function trainingText({ folds, sharpe, trained, unknownWindows, efficiency }: WalkForward): string {
  const all = folds.length;
  if (unknownWindows === all) {
    return `Training's Sharpe ratio is not known in any of ${all} windows: ${QUIET}.`;
  }
  const said = !(trained > 0)
    ? `Training showed no Sharpe ratio above 0 to compare it with: ${
      formatNumber(trained, "ratio")
    } on average.`
    : Number.isNaN(sharpe)
    ? `It cannot be compared with training's ${formatNumber(trained, "ratio")} on average.`
    : `That is ${
      formatNumber(efficiency, "fraction")
    } of what training showed on average (walk-forward efficiency).`;
  return unknownWindows === 0
    ? said
    : `${said} In ${unknownWindows} of ${all} windows training's ratio is not known: ${QUIET}.`;
}

/** Why a ratio is not known. */
const QUIET = "what was chosen did not trade there";

function cells({ inSample, params, ...fold }: WalkForwardWindow): string[] {
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
  const { totalReturn, sharpe, maxDrawdown, trades, trained, unknownWindows, efficiency } = walked;
  const { notes } = walked;
  const training = { trained, unknownWindows, efficiency };
  const stitched = { totalReturn, sharpe, maxDrawdown, trades, ...training };
  return toJson({ windows: walked.table().rows, stitched, notes });
}
