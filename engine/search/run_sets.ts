import type { Candles } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import type { SweepSpec } from "../research/sweep/batch.ts";
import { SWEEP_NUMBERS } from "../research/sweep/numbers.ts";
import type { ParameterSets } from "../research/sweep/parameter_sets.ts";
import { type Batch, batchNumbers, columnsOf } from "../research/sweep/work.ts";
import { usesOwnOperators } from "../strategy/check_portable.ts";
import { writeRisk, writeStrategy } from "../strategy/strategy_json.ts";
import { onWorkers } from "./on_workers.ts";
import type { SavedBatches, SweepOptions } from "./sweep_options.ts";

/** Rows of candles, times sets, for which other processors are not woken. */
const SMALL = 20_000_000;

/** Backtests all sets, batch by batch, but those that were saved: their numbers, in order. */
export async function runSets(
  spec: SweepSpec,
  candles: Candles,
  sets: ParameterSets,
  size: number,
  { progress = () => {}, signal, saved, elsewhere, workers = navigator.hardwareConcurrency }:
    SweepOptions,
): Promise<Float64Array> {
  const width = SWEEP_NUMBERS.length, all = new Float64Array(sets.length * width);
  let through = 0;
  const done = (batch: number, numbers: Float64Array) => {
    all.set(numbers, batch * size * width);
    through += numbers.length / width;
    progress(through, sets.length);
  };
  for (const [batch, numbers] of saved?.numbers ?? []) {
    checkSaved(batch, numbers, sets.length, size);
    done(batch, numbers);
  }
  const finish = (batch: number, numbers: Float64Array) => {
    saved?.save(batch, numbers);
    done(batch, numbers);
  };
  const left = batchesOf(sets, size, saved?.numbers), count = Math.ceil(sets.length / size);
  if (elsewhere) {
    await elsewhere(workOf(spec, candles), left, finish, signal);
    return all;
  }
  const most = candles.length * sets.length < SMALL || usesOwnOperators(spec.strategy)
    ? 1
    : workers;
  const helpers = Math.min(most, count);
  if (helpers > 1) {
    await onWorkers(helpers)(workOf(spec, candles), left, finish, signal);
    return all;
  }
  for (const { batch, sets } of left) {
    finish(batch, batchNumbers(spec, sets, candles));
    // So that whoever wants to end it, or look at it, is heard.
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
  }
  return all;
}

/** What was saved has to be what a batch has. */
function checkSaved(batch: number, numbers: Float64Array, sets: number, size: number): void {
  const expected = Math.min(size, sets - batch * size) * SWEEP_NUMBERS.length;
  if (Number.isInteger(batch) && batch >= 0 && numbers.length === expected) return;
  throw new InputError(
    `Cannot go on: the saved batch ${batch} has ${numbers.length} numbers, but must have ${expected}`,
  );
}

function* batchesOf(
  sets: ParameterSets,
  size: number,
  saved?: SavedBatches["numbers"],
): Generator<Batch, void> {
  for (let batch = 0, from = 0; from < sets.length; batch++, from += size) {
    if (saved?.has(batch)) continue;
    const length = Math.min(size, sets.length - from);
    yield { batch, sets: Array.from({ length }, (_, i) => sets.at(from + i)) };
  }
}

function workOf({ strategy, ...common }: SweepSpec, candles: Candles) {
  return {
    ...common,
    strategy: writeStrategy(strategy),
    risk: writeRisk(strategy),
    candles: columnsOf(candles),
  };
}
