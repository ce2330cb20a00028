import type { SweepResult } from "../../engine/research/sweep/sweep_result.ts";
import { runBatch } from "../../engine/research/sweep/batch.ts";
import type { Family } from "./family.ts";

/**
 * What part of the planted set's Sharpe ratio each set of a search has. Where it is long together with
 * the planted one it earns the drift, where it is long alone it loses it: 2ρ − 1 of two that are long
 * half of the time, where ρ is the correlation of their returns, taken in a market of noise.
 */
export function plantedParts(
  { spec, sets, candles }: SweepResult,
  { planted }: Family,
): Float64Array {
  const all = Array.from({ length: sets.length }, (_, set) => sets.at(set));
  const returns = runBatch(spec, all, candles).map((tally) => tally.returns);
  const place = all.findIndex((set) =>
    Object.entries(planted).every(([name, value]) => set[name] === value)
  );
  return Float64Array.from(returns, (own) => 2 * correlation(own, returns[place]) - 1);
}

function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((x, y) => x + y, 0) / values.length;
  const ma = mean(a), mb = mean(b);
  let together = 0, aa = 0, bb = 0;
  for (let t = 0; t < a.length; t++) {
    const x = a[t] - ma, y = b[t] - mb;
    together += x * y;
    aa += x * x;
    bb += y * y;
  }
  return together / Math.sqrt(aa * bb);
}
