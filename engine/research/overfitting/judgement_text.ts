import { counted } from "../../market/counted.ts";
import { formatNumber } from "../../metrics/format_number.ts";
import type { Judgement } from "./judge_search.ts";

/** Below so many trades their average is mostly chance, whatever it is. */
const FEW_TRADES = 30;

/** A judgement as lines to read: one plain sentence, and the numbers that it comes from. */
export function judgementText(judgement: Judgement): string[] {
  const { independent, sharpe, expectedSharpe, chanceOfLuck, periods } = judgement;
  if (Number.isNaN(sharpe)) {
    return [`Of ${triedText(judgement)}, none can be judged over ${periods} days.`];
  }
  const alike = counted(Math.round(independent));
  return [
    `Of ${triedText(judgement)}, the best by Sharpe${
      namedText(judgement)
    } is what luck alone would give ` +
    `${percent(chanceOfLuck)} of the time.${unknownText(judgement)}`,
    `Its Sharpe ratio is ${ratio(sharpe)}; of so many sets, as alike as ${alike} ` +
    `independent ones, luck's best would show ${ratio(expectedSharpe)}.`,
    chancesText(judgement),
    recordText(judgement),
    ...fewText(judgement),
  ];
}

function chancesText(judgement: Judgement): string {
  const { overfitting, neighbours: { count, median, least }, deviation } = judgement;
  const alone = `Probabilistic Sharpe ${percent(judgement.probabilisticSharpe)}`;
  const deflated = `deflated ${percent(judgement.deflatedSharpe)}`;
  const strict = `${percent(judgement.deflatedByDeviation)} if all counted as independent ` +
    `and as their ratios deviate, by ${ratio(deviation)}`;
  const overfit = `probability of backtest overfitting ${percent(overfitting)}`;
  return `${alone}, ${deflated} (${strict}), ${overfit}; its ${count} neighbours show ` +
    `${ratio(median)} (the worst ${ratio(least)}).`;
}

function recordText({ minimumTrackRecord, periods }: Judgement): string {
  if (Number.isNaN(minimumTrackRecord)) {
    return "No track record of such returns would rule chance out.";
  }
  const days = counted(Math.ceil(minimumTrackRecord));
  return `Chance is ruled out by ${days} days of such returns; these are ${counted(periods)}.`;
}

/** What ratios of daily returns do not tell: that a few trades made them. */
function fewText({ trades }: Judgement): string[] {
  if (!(trades < FEW_TRADES)) return [];
  const closed = trades === 1 ? "1 trade" : `${trades} trades`;
  return [`It closed ${closed}: so few tell little, whatever their days say.`];
}

/** The best one's parameters in brackets: (fast 5, slow 20); nothing where it has none. */
function namedText({ params = {} }: Judgement): string {
  const named = Object.entries(params).map(([name, value]) => `${name} ${value}`);
  return named.length === 0 ? "" : ` (${named.join(", ")})`;
}

/** How many sets were tried, and how many of them before: 4,500 sets tried, 1,200 of them in earlier searches. */
function triedText({ tried, earlier }: Judgement): string {
  const sets = `${counted(tried)} sets tried`;
  return earlier === 0 ? sets : `${sets}, ${counted(earlier)} of them in earlier searches`;
}

/** What the ledger of trials does not know, or will not. */
function unknownText({ unknown, unwritten }: Judgement): string {
  if (unknown !== undefined) return ` Earlier searches are not known: ${unknown}.`;
  if (unwritten === undefined) return "";
  return ` Later searches will not know of this one: ${unwritten}.`;
}

const ratio = (value: number) => formatNumber(value, "ratio");
const percent = (value: number) => Number.isNaN(value) ? "—" : `${Math.round(100 * value)} %`;
