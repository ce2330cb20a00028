import type { Candles } from "../market/candles.ts";
import { isQuick, type SweepSpec } from "../research/sweep/batch.ts";
import type { ParameterSets } from "../research/sweep/parameter_sets.ts";
import { BATCH_SETS, batchNumbers, columnsOf } from "../research/sweep/work.ts";
import { usesOwnOperators } from "../strategy/check_portable.ts";
import { writeRisk, writeStrategy } from "../strategy/strategy_json.ts";
import { batchesOf, type GivingOut, setsIn, type Stretch } from "./batches.ts";
import { letOthersRun } from "./let_others_run.ts";
import type { SweepOptions } from "./sweep_options.ts";

/** Candles times sets of plain accounts that take about a quarter of a second. */
const QUARTER_SECOND = 64_000_000;

/** What an account costs that is gone through row by row, in plain ones. */
const FOLD = 6;

/** Below so many sets a batch, what they have in common costs more than they do. */
const FEW_SETS = 32;

/** How a batch's work is shared out. */
type Sharing = Pick<SweepOptions, "signal" | "elsewhere" | "workers" | "processors">;

/** Backtests some of the sets, and calls `done` with the first one and the numbers of each batch. */
export async function runBatches(
  spec: SweepSpec,
  candles: Candles,
  sets: ParameterSets,
  left: readonly Stretch[],
  done: (first: number, numbers: Float64Array) => void,
  { signal, elsewhere, workers = navigator.hardwareConcurrency, processors }: Sharing,
): Promise<void> {
  const all = (out: GivingOut) => batchesOf(sets, left, out);
  if (elsewhere) {
    const whole = { most: BATCH_SETS, fewest: BATCH_SETS, processors: 1 };
    return await elsewhere(workOf(spec, candles), all(whole), done, signal);
  }
  const each = candles.length * (isQuick(spec, candles) ? 1 : FOLD);
  const work = each * setsIn(left), small = processors?.areThere ? 0.1 : 1;
  const isSmall = work < small * QUARTER_SECOND || usesOwnOperators(spec.strategy);
  const out = givingOut(each, sets.length, isSmall ? 1 : workers);
  if (processors && out.processors > 1) {
    return await processors.on(out.processors)(workOf(spec, candles), all(out), done, signal);
  }
  for (const { batch, sets } of all(out)) {
    done(batch, batchNumbers(spec, sets, candles));
    await letOthersRun();
    signal?.throwIfAborted();
  }
}

/** Batches of a quarter of a second, but of sets enough to have something in common; no more processors than batches. */
function givingOut(each: number, sets: number, processors: number): GivingOut {
  const most = Math.min(BATCH_SETS, Math.max(FEW_SETS, Math.floor(QUARTER_SECOND / each)));
  const fewest = Math.min(Math.ceil(most / 2), Math.ceil(sets / (4 * processors)));
  return { most, fewest, processors: Math.min(processors, Math.ceil(sets / fewest)) };
}

function workOf({ strategy, ...common }: SweepSpec, candles: Candles) {
  return {
    ...common,
    strategy: writeStrategy(strategy),
    risk: writeRisk(strategy),
    candles: columnsOf(candles),
  };
}
