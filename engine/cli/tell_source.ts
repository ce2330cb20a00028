import type { CollectorStats, CollectorWatch } from "../live/collector/collector_stats.ts";
import { systemClock } from "../live/system_clock.ts";
import { iso } from "../market/time.ts";
import { note } from "./output.ts";

/** Says now and then how far the source is, what is amiss, and at first what is left out. */
export function watchSource(source: string): CollectorWatch {
  let said = systemClock.now(), refused = 0;
  return {
    refused(reason) {
      if (++refused <= MOST_TOLD) note(`Left out: ${reason}`, { level: "warning" });
      if (refused === MOST_TOLD) note("What else is left out is counted, and told at the end");
    },
    trouble: note,
    progress(time) {
      if (systemClock.now() - said < PROGRESS) return;
      said = systemClock.now();
      note(`${source} is at ${iso(Math.floor(time / 1_000) * 1_000)}`);
    },
  };
}

const MOST_TOLD = 20, PROGRESS = 5_000;

/** What is told of a collector's counts, where there is something to tell. */
const COUNTED: readonly [keyof CollectorStats, string][] = [
  ["backfilled", "of them the exchange's own"],
  ["late", "trades later than their candle"],
  ["revisions", "candles revised"],
  ["duplicates", "trades that came again"],
  ["refused", "trades left out"],
  ["gaps", "stretches without candles"],
  ["conflicts", "candles that another process stored otherwise"],
];

/** Says what a source gave, once it has ended. */
export function reportSource(source: string, stats: CollectorStats): void {
  const parts = [`${stats.trades} trades`, `${stats.candles} new candles`];
  for (const [name, what] of COUNTED) if (stats[name] > 0) parts.push(`${stats[name]} ${what}`);
  note(`${source} gave ${parts.join(", ")}`);
}
