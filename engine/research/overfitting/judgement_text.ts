import { formatNumber } from "../../metrics/format_number.ts";
import type { Judgement } from "./judge_search.ts";

/** A judgement as lines to read: one plain sentence, and the numbers that it comes from. */
export function judgementText(judgement: Judgement): string[] {
  const { tried, independent, sharpe, expectedSharpe, chanceOfLuck, overfitting } = judgement;
  const { periods, neighbours, minimumTrackRecord } = judgement;
  const number = (value: number) => formatNumber(value, "ratio");
  const percent = (value: number) => Number.isNaN(value) ? "—" : `${Math.round(100 * value)} %`;
  if (Number.isNaN(sharpe)) {
    return [`Of ${counted(tried)} sets tried, none can be judged over ${periods} days.`];
  }
  return [
    `Of ${counted(tried)} sets tried, the best is what luck alone would give ` +
    `${percent(chanceOfLuck)} of the time.`,
    `Its Sharpe ratio is ${number(sharpe)}; of so many sets, as alike as ${
      counted(Math.round(independent))
    } ` +
    `independent ones, luck's best would show ${number(expectedSharpe)}.`,
    `Probabilistic Sharpe ${percent(judgement.probabilisticSharpe)}, deflated ` +
    `${percent(judgement.deflatedSharpe)}, probability of backtest overfitting ${
      percent(overfitting)
    }; ` +
    `its ${neighbours.count} neighbours show ${number(neighbours.median)} (the worst ${
      number(neighbours.least)
    }).`,
    Number.isNaN(minimumTrackRecord)
      ? "No track record of such returns would rule chance out."
      : `Chance is ruled out by ${
        counted(Math.ceil(minimumTrackRecord))
      } days of such returns; these are ${counted(periods)}.`,
  ];
}

const counted = (count: number) => count.toLocaleString("en-US");
