import { counted } from "../market/counted.ts";
import { openTime } from "../market/timeframe.ts";
import { formatNumber } from "../metrics/format_number.ts";
import { METRICS } from "../metrics/metric_table.ts";
import { toJson } from "../metrics/to_json.ts";
import type { Judgement } from "../research/overfitting/judge_search.ts";
import { shownNumbers } from "../research/sweep/numbers.ts";
import { rankedBy } from "../research/sweep/ranked_by.ts";
import type { SweepResult } from "../research/sweep/sweep_result.ts";
import { textTable } from "./bot_table.ts";

/** The kept sets as CSV, best first: the parameters, then the numbers; an unknown one is empty. */
export function sweepCsv({ best, sets, objectives }: SweepResult): string {
  const names = [...sets.names, ...shownNumbers(objectives)];
  const cell = (value: number | string) => Number.isNaN(value) ? "" : String(value);
  const lines = best.map((row) => names.map((name) => cell(row[name])).join(","));
  return [names.join(","), ...lines, ""].join("\n");
}

/** The kept sets and the judgement as one JSON object. */
export function sweepJson(
  { best, sets, length, rank, objectives, spec, candles }: SweepResult,
  judgement: Judgement,
): string {
  const { timeframe, time } = candles, { account, settings, strategy } = spec;
  const from = openTime(time[0], timeframe), to = time[candles.length - 1];
  const span = { timeframe, count: candles.length, from, to };
  return toJson({
    strategy: strategy.name,
    sets: length,
    ...(sets.note !== undefined && { note: sets.note }),
    rank: objectives.length === 1 ? rank : objectives,
    best,
    account,
    settings,
    judgement,
    candles: span,
  });
}

/** The kept sets as a table, best first. */
export function sweepTable(found: SweepResult): string {
  const { best, sets, length, objectives } = found;
  const shown = shownNumbers(objectives);
  const heads = [...sets.names, ...shown.map((name) => METRICS[name].label)];
  const rows = best.map((row) => [
    ...sets.names.map((name) => String(row[name])),
    ...shown.map((name) => formatNumber(row[name], METRICS[name].unit)),
  ]);
  const of = `of ${counted(length)} sets`;
  const all = `The ${counted(best.length)} best ${of}, ${rankedBy(found, best.length)}:`;
  const said = sets.note === undefined ? [] : [sets.note];
  return [all, textTable(heads, rows, 0), ...said].join("\n");
}
