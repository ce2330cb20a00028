import type { ExcursionRow } from "../research/excursion_rows.ts";
import { boxAxis } from "./box_axis.ts";
import { diagonal, dots, type Side, SIDES } from "./excursion_dots.ts";
import { ground } from "./ground.ts";
import { headingLines } from "./heading.ts";
import { itemTooltip } from "./item_tooltip.ts";
import { legend } from "./legend.ts";
import { type Look, TEXT } from "./look.ts";
import type { Option } from "./option.ts";
import { rangeOf } from "./pane.ts";
import { textWidth } from "./text_width.ts";
import { type Outcome, outcomesOf, outcomeStyle } from "./trade_outcome.ts";
import { type Box, type Two, twoBoxes } from "./two_boxes.ts";
import { padded, percents } from "./value_axis.ts";
import { words } from "./words.ts";

/** Trades by their excursions, as they are drawn. */
export interface Scatter extends Two {
  rows: readonly ExcursionRow[];
}

/** Two drawings beside each other, or below where that is too narrow. */
export function scatterOption(scatter: Scatter, interactive: boolean): Option {
  const { heading, size, look, rows } = scatter;
  const { elements, height } = headingLines(heading, size.width, look);
  const boxes = twoBoxes(scatter, height), returns = rows.map((row) => 100 * row.return);
  const y = padded(rangeOf([0], returns), 0.06);
  const xs = SIDES.map(({ of }) => padded(rangeOf([0], rows.map(of)), 0.04));
  const outcomes = outcomesOf(rows);
  return {
    ...ground(look),
    graphic: [
      ...elements,
      ...boxes.flatMap((box, i) => header(SIDES[i], box, i === 0 ? outcomes : [], look)),
    ],
    grid: boxes.map((box) => ({ ...box, outerBoundsMode: "none" })),
    xAxis: boxes.map((box, index) =>
      boxAxis(xs[index], box, { position: "bottom", index, format: percents, look })
    ),
    yAxis: boxes.map((box, index) =>
      boxAxis(y, box, { position: "right", index, format: percents, look })
    ),
    series: boxes.flatMap((box, i) => [
      diagonal(xs[i], y, i, look),
      ...outcomes.map((outcome) =>
        dots(outcome, scatter, i, interactive ? undefined : { x: xs[i], y, box })
      ),
    ]),
    ...(interactive && { tooltip: itemTooltip(look) }),
  };
}

/** What is drawn, with its unit, above and below a drawing. */
function header(
  { title, diagonal }: Side,
  { left, top, width, height }: Box,
  outcomes: readonly Outcome[],
  look: Look,
): Option[] {
  const bold = { colour: look.text, size: TEXT.small, bold: true }, name = "Return, %";
  const items = [
    ...outcomes.map((outcome) => {
      const sign = outcome === "lost" ? "diamond" as const : "dot" as const;
      return { label: outcome, colour: outcomeStyle(outcome, look).colour, sign };
    }),
    { label: diagonal, colour: look.hold, sign: "dashed" as const },
  ];
  return [
    words(name, left, top - 13, bold),
    ...legend(items, left + textWidth(name, TEXT.small, bold) + 16, top - 13, look),
    words(title, left + width / 2, top + height + 36, { ...bold, align: "center" }),
  ];
}
