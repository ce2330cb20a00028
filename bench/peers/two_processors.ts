import type { Candles } from "../../engine/market/candles.ts";
import type { ParameterSpace } from "../../engine/research/sweep/parameter_sets.ts";
import { keptProcessors } from "../../engine/search/kept_processors.ts";
import { sweep } from "../../engine/search/sweep.ts";
import { STRATEGIES } from "./strategies.ts";

/** A search that is timed by one processor and by two, in turn, so many times. */
interface Timed {
  name: string;
  space: ParameterSpace;
  pairs: number;
}

const TIMED: readonly Timed[] = [
  { name: "1,000 sets", space: { fast: "5..54", slow: "60..155:5" }, pairs: 7 },
  { name: "4,000 sets", space: { fast: "5..54", slow: "60..139" }, pairs: 3 },
];

/**
 * One sentence of how many times as long a search takes by the clock with one processor as with two: the middle
 * of some pairs, the lowest and the highest. All are there already, and have done the same work before.
 */
export async function twoProcessors(candles: Candles): Promise<string> {
  const processors = keptProcessors(), said: string[] = [];
  try {
    for (const { name, space, pairs } of TIMED) {
      const timed = async (workers: number) => {
        const account = { fill: "close", fee: 0.001 } as const, metrics = { period: "1m" } as const;
        const began = performance.now();
        await sweep(STRATEGIES.cross, candles, space, { account, metrics, workers, processors });
        return performance.now() - began;
      };
      await timed(1);
      await timed(2);
      const ratios: number[] = [];
      for (let pair = 0; pair < pairs; pair++) ratios.push(await timed(1) / await timed(2));
      const [low, ...rest] = ratios.sort((a, b) => a - b).map((ratio) => ratio.toFixed(2));
      said.push(`${name} ${rest[(pairs >> 1) - 1]} (${low} to ${rest.at(-1)})`);
    }
  } finally {
    processors.end();
  }
  return `Two processors against one, by the clock: ${said.join(", ")}.`;
}
