import { spanCaption, strategyCaption, written } from "../charts/captions.ts";
import { chart } from "../charts/chart.ts";
import { wholeSpan } from "../charts/shown_rows.ts";
import type { PortfolioResult } from "../research/portfolio_result.ts";
import { contributionTable } from "./contribution_table.ts";
import { picturePart } from "./picture_part.ts";
import type { Market, Settings } from "./report_options.ts";
import { type OneRun, runsOf } from "./runs_of.ts";
import type { Section } from "./section.ts";
import { pricePart } from "./single_sections.ts";
import { tradeTable } from "./trade_table.ts";
import { wholeSections } from "./whole_sections.ts";

/** A report draws the candles of so many instruments, of those that took most of the equity. */
const MOST_DRAWN = 12;

/** What there is to see of several instruments on one account: of the whole, then of each. */
export function portfolioSections(
  result: PortfolioResult,
  settings: Pick<Settings, "scaling">,
  { quote }: Market,
): Section[] {
  // Of an instrument's name the pictures of the whole take the currency of the money alone.
  const symbol = quote === "" ? "" : `all/${quote}`;
  const name = { symbol, heading: false } as const, drawn = drawnOf(result);
  return [
    {
      title: "The whole account",
      about:
        "Equity at each close beside holding the instruments in equal parts without costs, the share of " +
        "it that each position takes, what each instrument earned, and drawdown.",
      parts: [
        picturePart((options) => {
          return chart(result, { ...settings.scaling, ...name, ...options });
        }, 760),
      ],
    },
    {
      title: "Instruments",
      about: "What each did, and what the whole account had of it.",
      parts: [contributionTable(result)],
    },
    ...wholeSections(result, name),
    ...runsOf(result).map((run) => instrumentSection(run, settings, drawn.has(run.name))),
  ];
}

function instrumentSection(
  { name, result }: OneRun,
  settings: Pick<Settings, "scaling">,
  isDrawn: boolean,
): Section {
  const { candles } = result, covered = spanCaption(wholeSpan(candles));
  const count = `${written(candles.length)} ${candles.timeframe} candles`;
  const none = "It was never traded.";
  const tables = tradeTable(result);
  return {
    title: name,
    about: `${strategyCaption(result)} · ${covered} · ${count}`,
    parts: [
      ...(isDrawn ? [pricePart(result, settings, name)] : []),
      ...(tables.length === 0 ? [{ kind: "lines", lines: [none] } as const] : tables),
    ],
  };
}

function drawnOf({ contributions: { rows } }: PortfolioResult): Set<string> {
  const ranked = rows.toSorted((a, b) => b.meanWeight - a.meanWeight);
  return new Set(ranked.slice(0, MOST_DRAWN).map(({ instrument }) => instrument));
}
