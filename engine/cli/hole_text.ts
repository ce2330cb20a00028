import { iso } from "../market/time.ts";
import type { Timeframe } from "../market/timeframe.ts";
import { type Hole, intervalsIn } from "../storage/archive/holes.ts";

/** So many are told one by one. */
const TOLD = 10;

const WORDS = {
  silent: ["silent: their source has no candle", "others are silent"],
  unknown: ["unknown: not fetched or not observed", "others are unknown"],
} as const;

/** Lines for people about stretches without candles: the first of each kind, and how many there are. */
export function holeLines(all: readonly Hole[], timeframe: Timeframe): string[] {
  return (["unknown", "silent"] as const).flatMap((kind) => {
    const own = all.filter((hole) => hole.kind === kind), [told, others] = WORDS[kind];
    const lines = own.slice(0, TOLD).map((hole) =>
      `  ${iso(hole.from)} to ${iso(hole.to)}  ${counted(intervalsIn(hole, timeframe))} ${told}`
    );
    return own.length > TOLD ? [...lines, `  … ${own.length - TOLD} ${others}`] : lines;
  });
}

function counted(count: number): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? "interval" : "intervals"}`;
}
