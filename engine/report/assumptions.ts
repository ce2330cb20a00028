import { allSettings, SETTINGS } from "../account/settings.ts";
import { type StopName, STOPS } from "../account/stop_rules.ts";
import { timeText, written } from "../charts/captions.ts";
import type { Candles } from "../market/candles.ts";
import { missingIn } from "../market/row_times.ts";
import { settingsText } from "../metrics/summary_text.ts";
import type { Result } from "../research/result.ts";
import { stopValues } from "../strategy/stop_values.ts";
import { strategyText } from "../strategy/strategy_text.ts";
import { happened } from "./happened.ts";
import { orderRules } from "./order_rules.ts";
import type { Part, Section, TextCells } from "./section.ts";

/** All that a reader has to believe for the numbers to mean something, and where it was put to use. */
export function assumptions(result: Result): Section[] {
  return [
    {
      title: "Strategy",
      about: result.strategy === undefined
        ? "The signals were computed by hand: nothing here can say that they do not look ahead."
        : "What it decides by. No operator can read a later candle.",
      parts: strategyParts(result),
    },
    {
      title: "Assumptions",
      about: "How orders are filled, what they cost, and what is not known.",
      parts: [
        {
          kind: "lines",
          lines: [...fillRules(result), settingsText(result.summary().settings, { all: true })],
        },
        { kind: "table", table: settingsTable(result) },
      ],
    },
    {
      title: "What happened besides",
      about: "How often an assumption decided, what was refused, and what the candles lack.",
      parts: [{ kind: "table", table: happened(result) }, ...gapParts(result.candles)],
    },
  ];
}

function strategyParts({ strategy, parameters }: Result): Part[] {
  if (strategy === undefined) return [];
  const values = Object.entries(parameters).map(([name, value]) => `${name} ${value}`);
  const stops = stopValues(strategy.stops, parameters);
  const rows = Object.keys(strategy.stops).filter((name) =>
    strategy.stops[name as StopName] !== undefined
  ).map((name) => {
    const value = stops[name as StopName];
    return [
      name,
      value === undefined ? "a series" : `${value}`,
      STOPS[name as StopName].description,
    ];
  });
  const text = strategyText(strategy);
  return [
    { kind: "code", text: values.length === 0 ? text : `${text}\n\nrun with ${values.join(", ")}` },
    { kind: "table", table: rulesTable(rows, rows.length === 0 ? "No stops." : "") },
  ];
}

/** How the engine fills, whatever the settings say, and what these say of it. */
function fillRules(result: Result): string[] {
  const { account: { fill, shorts }, counts } = result;
  const { ambiguous } = counts;
  const times = ambiguous === 0
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
    `the worse is taken; here ${times}.`,
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

function settingsTable({ account }: Result): TextCells {
  const all = allSettings(account);
  const rows = Object.entries(SETTINGS).map(([name, { description }]) => {
    const value = all[name as keyof typeof all];
    return [name, value === undefined ? "not set" : `${value}`, description.replaceAll("`", "")];
  });
  return rulesTable(rows, "As a config has them: fractions are of 1, 0.001 is 0.1 %.");
}

function rulesTable(rows: readonly (readonly string[])[], caption: string): TextCells {
  const columns = ["Setting", "Value", "Meaning"].map((name, i) => ({ name, right: i === 1 }));
  return { columns: rows.length === 0 ? [] : columns, rows, caption };
}

/** A longer list shows so many of the gaps. */
const MOST_GAPS = 20;

function gapParts(candles: Candles): Part[] {
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
      caption: gaps.length > MOST_GAPS
        ? `The longest ${MOST_GAPS} of ${written(gaps.length)} gaps.`
        : "",
    },
  }];
}
