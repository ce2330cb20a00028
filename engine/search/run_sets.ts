import type { Candles } from "../market/candles.ts";
import type { SweepSpec } from "../research/sweep/batch.ts";
import { SWEEP_NUMBERS } from "../research/sweep/numbers.ts";
import type { ParameterSets } from "../research/sweep/parameter_sets.ts";
import { BATCH_SETS } from "../research/sweep/work.ts";
import { leftOf, setsIn } from "./batches.ts";
import { runBatches } from "./run_batches.ts";
import type { SweepOptions } from "./sweep_options.ts";

/** Backtests all sets, batch by batch, but those whose numbers were saved: the numbers of all, in order. */
export async function runSets(
  spec: SweepSpec,
  candles: Candles,
  sets: ParameterSets,
  options: SweepOptions,
): Promise<Float64Array> {
  const { progress = () => {}, saved, elsewhere } = options, { length } = sets;
  const width = SWEEP_NUMBERS.length, all = new Float64Array(length * width);
  // What is shared out has the same batches each time: who goes on finds those that were under way.
  const left = leftOf(length, saved?.numbers, elsewhere ? BATCH_SETS : 1);
  for (const [first, numbers] of saved?.numbers ?? []) all.set(numbers, first * width);
  let through = length - setsIn(left);
  const tell = () => through > 0 && progress(through, length);
  tell();
  await runBatches(spec, candles, sets, left, (first, numbers) => {
    saved?.save(first, numbers);
    all.set(numbers, first * width);
    through += numbers.length / width;
    tell();
  }, options);
  return all;
}
