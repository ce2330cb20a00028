import type { Candles } from "../../engine/market/candles.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { SHOWN_NUMBERS } from "../../engine/research/sweep/numbers.ts";
import { sweep } from "../../engine/search/sweep.ts";
import smaCross from "../../strategies/sma_cross.ts";

/** How far two programs that add up the same fills may be apart, relative. */
const TOLERANCE = 1e-9;

const SETS = [5, 10, 20, 40].flatMap((fast) =>
  [60, 90, 120, 150, 200].map((slow) => ({ fast, slow }))
);

/** The rows on which a backtest bought and sold, and what our search says of it. */
export interface Traded {
  bought: number[];
  sold: number[];
  numbers: number[];
}

/** Twenty backtests of a crossover, for a peer to do with the same fills. */
export async function traded(candles: Candles): Promise<Traded[]> {
  const account = { fill: "close", fee: 0.001 } as const, metrics = { period: "1m" } as const;
  const rows = new Map(Array.from(candles.time, (time, row) => [time, row]));
  const found = await sweep(smaCross, candles, SETS, { account, metrics, workers: 1 });
  return SETS.map((params, set) => {
    const fills = backtest(smaCross, candles, { account, params }).fills.rows;
    const of = (side: string) =>
      fills.filter((fill) => fill.side === side).map(({ time }) => rows.get(time)!);
    const numbers = SHOWN_NUMBERS.map((name) => found.row(set)[name]);
    return { bought: of("buy"), sold: of("sell"), numbers };
  });
}

/** One sentence of how far a peer's numbers of the same fills are from ours; an error where that is too far. */
export function agreed(
  peer: string,
  ours: readonly Traded[],
  theirs: readonly (readonly number[])[],
): string {
  const apart = Math.max(
    ...ours.flatMap(({ numbers }, set) =>
      numbers.map((own, at) => Math.abs(own - theirs[set][at]) / Math.max(1, Math.abs(own)))
    ),
  );
  if (!(apart <= TOLERANCE)) {
    throw new Error(`Given the same fills, ${peer} is ${apart} from us: at most ${TOLERANCE}`);
  }
  return `Given the fills of ${ours.length} of our backtests, ${peer} finds the same return, Sharpe ratio, drawdown ` +
    `and trades of each, within ${apart.toExponential(1)}.`;
}
