import { openTime } from "../market/timeframe.ts";
import { formatNumber } from "../metrics/format_number.ts";
import { METRICS } from "../metrics/metric_table.ts";
import { toJson } from "../metrics/to_json.ts";
import type { Judgement } from "../research/overfitting/judge_search.ts";
import { SWEEP_NUMBERS } from "../research/sweep/numbers.ts";
import type { SweepResult } from "../research/sweep/sweep_result.ts";
import { textTable } from "./bot_table.ts";

/** The kept sets as CSV, best first: the parameters, then the numbers; an unknown one is empty. */
export function sweepCsv({ best, sets }: SweepResult): string {
  const names = [...sets.names, ...SWEEP_NUMBERS];
  const cell = (value: number | string) => Number.isNaN(value) ? "" : String(value);
  const lines = best.map((row) => names.map((name) => cell(row[name])).join(","));
  return [names.join(","), ...lines, ""].join("\n");
}

/** The kept sets and the judgement as one JSON object. */
export function sweepJson(
  { best, length, rank, spec, candles }: SweepResult,
  judgement: Judgement,
): string {
  const { timeframe, time } = candles, { account, settings, strategy } = spec;
  const from = openTime(time[0], timeframe), to = time[candles.length - 1];
  const span = { timeframe, count: candles.length, from, to };
  return toJson({
    strategy: strategy.name,
    sets: length,
    rank,
    best,
    account,
    settings,
    judgement,
    candles: span,
  });
}

/** The kept sets as a table, best first. */
export function sweepTable({ best, sets, length, rank }: SweepResult): string {
  const heads = [...sets.names, ...SWEEP_NUMBERS.map((name) => METRICS[name].label)];
  const rows = best.map((row) => [
    ...sets.names.map((name) => String(row[name])),
    ...SWEEP_NUMBERS.map((name) => formatNumber(row[name], METRICS[name].unit)),
  ]);
  const all = `The ${counted(best.length)} best of ${counted(length)} sets, by ${
    METRICS[rank].label
  }:`;
  return [all, textTable(heads, rows, 0)].join("\n");
}

const counted = (count: number) => count.toLocaleString("en-US");
