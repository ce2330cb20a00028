import type { WalkForward, WalkForwardWindow } from "../search/walk_forward_result.ts";
import type { Look } from "./look.ts";
import { withDecimals } from "./number_text.ts";
import type { Option } from "./option.ts";
import { type Pane, rangeOf } from "./pane.ts";
import { padded, plainNumbers } from "./value_axis.ts";
import { zeroLine } from "./zero_line.ts";

/** Over the days of each test the Sharpe ratio that the set had had in sample, and the one that it had then. */
export function windowRatiosPane({ folds }: WalkForward, look: Look): Omit<Pane, "weight"> {
  const trained = Float64Array.from(folds, (fold) => fold.trained);
  const tested = Float64Array.from(folds, ({ sharpe }) => sharpe);
  const time = Float64Array.from(folds, ({ testFrom }) => testFrom), write = withDecimals(2);
  const lines = [
    { name: "in sample", colour: look.muted, values: trained },
    { name: "out of sample", colour: look.equity, values: tested },
  ];
  return {
    title: "Sharpe ratio, a year",
    series: [
      zeroLine("yAxis", look.axis),
      steps(folds, trained, { name: "In sample", color: look.muted, width: 1.6, type: [4, 3] }),
      steps(folds, tested, { name: "Tested", color: look.equity, width: 2.6, type: "solid" }),
    ],
    legend: [
      { label: "of the set in sample", colour: look.muted, sign: "dashed" },
      { label: "out of sample", colour: look.equity, sign: "line" },
    ],
    range: padded(rangeOf([0], trained, tested), 0.12),
    format: plainNumbers,
    readings: lines.map((line) => ({ ...line, time, write })),
  };
}

/** A level for each window, with a break behind it. */
function steps(
  folds: readonly WalkForwardWindow[],
  values: Float64Array,
  { name, ...lineStyle }: Option & { name: string },
): Option {
  const data = folds.flatMap(({ testFrom, testTo }, i) => {
    const level = Number.isNaN(values[i]) ? null : values[i];
    return [[testFrom, level], [testTo, level], [testTo, null]];
  });
  return { type: "line", name, data, showSymbol: false, silent: true, lineStyle };
}
