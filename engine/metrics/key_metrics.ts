import { METRICS } from "./metric_table.ts";
import type { MetricName, Summary } from "./summary.ts";

/** The metrics of a summary that are read first: those that it prints unless all are asked for. */
export function keyMetrics(summary: Summary): Partial<Record<MetricName, number>> {
  const names = (Object.keys(METRICS) as MetricName[]).filter((name) => !METRICS[name].more);
  return Object.fromEntries(names.map((name) => [name, summary[name]]));
}
