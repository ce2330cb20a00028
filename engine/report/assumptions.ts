import { timeText, written } from "../charts/captions.ts";
import type { AnyResult } from "../charts/run_caption.ts";
import { missingIn } from "../market/row_times.ts";
import { settingsText } from "../metrics/summary_text.ts";
import { PortfolioResult } from "../research/portfolio_result.ts";
import type { Result } from "../research/result.ts";
import { happened } from "./happened.ts";
import { orderRules } from "./order_rules.ts";
import { portfolioRules } from "./portfolio_rules.ts";
import { type OneRun, runsOf } from "./runs_of.ts";
import type { Part, Section } from "./section.ts";
import { settingsParts } from "./settings_parts.ts";
import { strategyParts } from "./strategy_parts.ts";

/** All that a reader has to believe for the numbers to mean something, and where it was put to use. */
export function assumptions(result: AnyResult): Section[] {
  const runs = runsOf(result), results = runs.map((run) => run.result);
  const said = settingsText(result.summary().settings, { all: true });
  return [
    {
      title: "Strategy",
      about: results[0].strategy === undefined
        ? "The signals were computed by hand: nothing here can say that they do not look ahead."
        : "What it decides by. No operator can read a later candle.",
      parts: strategyParts(runs),
    },
    {
      title: "Assumptions",
      about: "How orders are filled, what they cost, and what is not known.",
      parts: [
        ...(result instanceof PortfolioResult ? [lines(portfolioRules(result))] : []),
        lines([...rulesOf(results), said]),
        ...settingsParts(runs),
      ],
    },
    {
      title: "What happened besides",
      about: "How often an assumption decided, what was refused, and what the candles lack.",
      parts: [{ kind: "table", table: happened(results) }, ...runs.flatMap(gapParts)],
    },
  ];
}

function lines(lines: readonly string[]): Part {
  return { kind: "lines", lines };
}

/** What holds of any of the runs, each said once. */
function rulesOf(results: readonly Result[]): string[] {
  const ambiguous = results.reduce((sum, { counts }) => sum + counts.ambiguous, 0);
  return [...new Set(results.flatMap((result) => fillRules(result, ambiguous)))];
}

/** How the engine fills, whatever the settings say, and what these say of it. */
function fillRules(result: Result, ambiguous: number): string[] {
  const { account: { fill, shorts } } = result;
  const often = ambiguous === 0
    ? "never"
    : ambiguous === 1
    ? "once"
    : `${written(ambiguous)} times`;
  return [
    ...clockRules(result),
    fill === "close"
      ? "Decisions are filled at the very close that they were taken on. That is optimistic: nobody " +
        "can trade on a price that is already past."
      : "A decision on a candle's close is filled at the open of the next candle.",
    "Inside a candle the open comes first: a gap through a stop fills at the open. Where a candle leaves " +
    "the order of events open, because it holds stop and target both or an entry was filled inside of it, " +
    `the worse is taken; here ${often}.`,
    "Stops and targets hold from the candle of the fill on; a stop that follows the price moves at " +
    "closes only.",
    ...orderRules(result),
    shorts ? "It may sell short." : "It may not sell short.",
    "A position is marked at each close; one that is open at the end is not closed.",
    "A candle that is missing adds no row: indicators count rows.",
  ];
}

/** What a base clock changes. */
function clockRules({ timeframe, candles: { timeframe: base } }: Result): string[] {
  if (base === timeframe) return [];
  return [
    `The strategy sees and counts ${timeframe} candles and decides at their closes. They are made of ` +
    `${base} ones; where one of these is missing, there is none. Below a candle is one of ${base}: ` +
    "fills, stops and equity go by these.",
  ];
}

/** A longer list shows so many of the gaps. */
const MOST_GAPS = 20;

function gapParts({ name, result: { candles } }: OneRun): Part[] {
  const gaps = candles.gaps();
  if (gaps.length === 0) return [];
  const longest = gaps.map((gap) => ({ ...gap, missing: missingIn(gap, candles.timeframe) }))
    .sort((a, b) => b.missing - a.missing).slice(0, MOST_GAPS);
  const names = ["No candle from (UTC)", "to", "Missing"];
  return [{
    kind: "table",
    table: {
      columns: names.map((name) => ({ name, right: true })),
      rows: longest.map(({ after, until, missing }) => [
        timeText(after),
        timeText(until),
        written(missing),
      ]),
      caption: [
        ...(name === "" ? [] : [`${name}.`]),
        ...(gaps.length > MOST_GAPS
          ? [`The longest ${MOST_GAPS} of ${written(gaps.length)} gaps.`]
          : []),
      ].join(" "),
    },
  }];
}
