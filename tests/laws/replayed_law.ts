import { seededRandom } from "../../data/random.ts";
import { type Fill, kernel, type Replayed, type Values } from "../../engine/series/operator.ts";
import { CHUNK_SIZES, type Cut, evenCuts, randomCuts } from "./cuts.ts";
import { fillApart, type KernelRows } from "./kernel_law.ts";
import { assertNoNegativeZero, assertSameBits } from "./same_bits.ts";

const NO_STATE = new Float64Array(0);

/**
 * Law 1 for an operator whose state is hidden: however the rows are cut into chunks, and at whatever
 * row it is thrown away, begun anew and given the rows again, its outputs are the same bits. Each
 * chunk is in fresh buffers, at another place, with all other rows poisoned; in between, another
 * one of its kind works on other rows. Throws an `AssertionError` otherwise.
 */
export function assertReplayedLaw(
  operator: Replayed,
  args: Values,
  rows: KernelRows,
  seed = 1,
): void {
  const random = seededRandom(seed), count = rows.time.length;
  const name = `${operator.name} ${JSON.stringify(args)}`;
  const whole = drive(operator, args, rows, [[0, count]]);
  for (const output of whole) assertNoNegativeZero(output, name);
  const sizes = CHUNK_SIZES.filter((size) => size < count);
  const ways: [string, Cut[]][] = sizes.map((size) => [`${size} rows`, evenCuts(count, size)]);
  for (let n = 0; n < 3; n++) ways.push(["random cuts", randomCuts(count, random)]);
  for (const [way, cuts] of ways) {
    const stop = Math.floor(random() * cuts.length);
    const again = { stop, cuts: randomCuts(cuts[stop][0], random) };
    const outputs = drive(operator, args, rows, cuts, again);
    outputs.forEach((output, i) =>
      assertSameBits(output, whole[i], `${name}, output ${i}, in chunks of ${way}`)
    );
  }
}

/** The outputs over chunks; before chunk number `stop` it begins anew, and replays by other cuts. */
function drive(
  operator: Replayed,
  args: Values,
  rows: KernelRows,
  cuts: readonly Cut[],
  again: { stop: number; cuts: readonly Cut[] } = { stop: -1, cuts: [] },
): Float64Array[] {
  const { output } = operator, count = rows.time.length;
  const outputs = (typeof output === "string" ? [output] : Object.keys(output))
    .map(() => new Float64Array(count));
  const begin = () => {
    const kernel = asKernel(operator, operator.begin(args));
    return (cut: Cut, n: number) => fillApart(kernel, args, rows, cut, NO_STATE, n);
  };
  let take = begin();
  const disturb = begin(), last: Cut = [Math.max(0, count - 3), count];
  cuts.forEach((cut, n) => {
    if (n === again.stop) {
      take = begin();
      again.cuts.forEach(take);
    }
    if (cuts.length > 1) disturb(last, n);
    take(cut, n).forEach((part, i) => outputs[i].set(part, cut[0]));
  });
  return outputs;
}

function asKernel({ name, inputs, output }: Replayed, fill: Fill) {
  return kernel({
    name,
    inputs,
    output,
    fill: (given, outputs, _, from, to) => fill(given, outputs, from, to),
  });
}
