import type { ScaleRun } from "./scale_run.ts";

/** What is told of so many bots on one process; times in milliseconds. */
export interface ScaleRow {
  bots: number;
  /** How many of them traded at least once a minute, and fills a minute of the median bot. */
  tradedEachMinute: number;
  medianFills: number;
  candles: number;
  /** Decisions: how many candles share one tells how far the bots were behind. */
  decisions: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
  /** Of one processor, as a fraction. */
  cpu: number;
  /** The most memory that was seen, in bytes. */
  memory: number;
}

/** Measured runs as rows. */
export function scaleRows(runs: readonly ScaleRun[]): ScaleRow[] {
  return runs.map(({ latencies, seconds, cpu, memory, bots, ...run }) => {
    const at = (share: number) =>
      latencies[Math.max(0, Math.ceil(share * latencies.length) - 1)] ?? NaN;
    return {
      bots,
      tradedEachMinute: run.tradedEachMinute,
      medianFills: run.medianFills,
      candles: run.candles,
      decisions: run.decisions,
      ...{ p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) },
      cpu: cpu / seconds,
      memory: memory.most,
    };
  });
}

const HEAD = [
  ...["bots", "trade each minute", "candles", "decisions"],
  ...["p50 (ms)", "p95", "p99", "max", "CPU", "memory (MB)"],
];

/** The same for people. */
export function scaleText(rows: readonly ScaleRow[]): string {
  const cells = rows.map((row) => [
    ...[row.bots, row.tradedEachMinute, row.candles, row.decisions].map((one) => `${one}`),
    ...[row.p50, row.p95, row.p99, row.max].map((one) => one.toFixed(0)),
    `${(100 * row.cpu).toFixed(0)} %`,
    (row.memory / 1e6).toFixed(0),
  ]);
  const table = [HEAD, ...cells];
  const widths = HEAD.map((_, i) => Math.max(...table.map((row) => row[i].length)));
  const lines = table.map((row) => row.map((cell, i) => cell.padStart(widths[i])).join("  "));
  return [
    ...lines,
    "From the trade that closed a candle until the decision on it was committed; one process on a made " +
    "tape at its own\npace, with up to 50 markets and a candle a second each. CPU is that process's, of " +
    "one processor.",
  ].join("\n");
}
