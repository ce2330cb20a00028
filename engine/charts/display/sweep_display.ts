import { formatNumber } from "../../metrics/format_number.ts";
import { METRICS } from "../../metrics/metric_table.ts";
import { type Judgement, judgeSearch } from "../../research/overfitting/judge_search.ts";
import { judgementText } from "../../research/overfitting/judgement_text.ts";
import { shownNumbers } from "../../research/sweep/numbers.ts";
import { rankedBy } from "../../research/sweep/ranked_by.ts";
import type { SweepResult } from "../../research/sweep/sweep_result.ts";
import { counted, type Grid } from "./grid.ts";
import { gridHtml } from "./grid_html.ts";
import { gridText } from "./grid_text.ts";
import { CELL, MUTED } from "./html_style.ts";
import { htmlText } from "./html_text.ts";
import type { MimeBundle } from "./mime_bundle.ts";

/** How many of the best sets are shown. */
const SHOWN = 10;

/** What was made of a search is made once: it takes as long as a part of the search itself. */
const judged = new WeakMap<SweepResult, Judgement>();

/** How a notebook shows a search: its best sets, and what luck alone would have given so many. */
export function sweepDisplay(found: SweepResult): MimeBundle {
  const grid = bestGrid(found), [sentence, ...lines] = judgementText(judgementOf(found));
  return {
    "text/html": [
      gridHtml(grid),
      `<div style="${CELL};white-space:normal;font-weight:600">${htmlText(sentence)}</div>`,
      ...lines.map((line) => `<div style="${MUTED}">${htmlText(line)}</div>`),
    ].join("\n"),
    "text/plain": [gridText(grid), sentence, ...lines].join("\n"),
  };
}

function judgementOf(found: SweepResult): Judgement {
  const made = judged.get(found) ?? judgeSearch(found);
  judged.set(found, made);
  return made;
}

function bestGrid(found: SweepResult): Grid {
  const { best, sets, length, objectives, strategy } = found;
  const shown = best.slice(0, SHOWN);
  const column = (name: string, cells: string[], right = true) => ({ name, right, cells });
  const which = shown.length === 1 ? "The best" : `The ${shown.length} best`;
  return {
    columns: [
      ...sets.names.map((name) => {
        const isText = shown.some((row) => typeof row[name] === "string");
        return column(name, shown.map((row) => String(row[name])), !isText);
      }),
      ...shownNumbers(objectives).map((name) => {
        const { label, unit } = METRICS[name];
        return column(label, shown.map((row) => formatNumber(row[name], unit)));
      }),
    ],
    cut: undefined,
    caption: `${which} of ${counted(length, "set")} of ${strategy.name}, ${
      rankedBy(found, shown.length)
    }${sets.note === undefined ? "" : `. ${sets.note}`}`,
  };
}
