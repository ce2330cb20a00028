/** Lots and ticks held to exact arithmetic: a step is the decimal number that it is written as, or a part of one. */
import assert from "node:assert/strict";
import { stepsOf, toTick, wholeLots } from "../../engine/account/lots_and_ticks.ts";
import { seededRandom } from "../../engine/research/seeded_random.ts";

/** A step as a fraction: so many parts of so many in one. */
interface Step {
  step: number;
  parts: bigint;
  perUnit: bigint;
}

const decimal = (parts: number, digits: number): Step => ({
  ...{ step: Number(`${parts}e-${digits}`), parts: BigInt(parts) },
  perUnit: 10n ** BigInt(digits),
});

const STEPS: readonly Step[] = [
  ...[decimal(3, 1), decimal(7, 1), decimal(5, 2), decimal(25, 1), decimal(25, 4), decimal(15, 2)],
  ...[decimal(1, 8), decimal(3, 10), decimal(7, 12), decimal(125, 1), decimal(7, 0), decimal(6, 1)],
  ...[decimal(1, 0), decimal(1, 2), decimal(35, 3), decimal(123456789, 9), decimal(333333333, 9)],
  ...[decimal(1001, 3), decimal(9999999, 7), decimal(1000, 0), decimal(125, 5), decimal(11, 1)],
  ...[3n, 7n, 9n, 12n, 31n].map((perUnit) => ({ step: 1 / Number(perUnit), parts: 1n, perUnit })),
];

/** The double that is nearest to a fraction, by whole numbers alone. */
function nearest(above: bigint, below: bigint): number {
  if (above === 0n) return 0;
  // 64 bits behind the first one, and the rest told by the last: rounding to 53 is then that of the fraction.
  const shift = 64 - (above.toString(2).length - below.toString(2).length);
  const [up, down] = shift > 0 ? [above << BigInt(shift), below] : [above, below << BigInt(-shift)];
  const whole = up / down, odd = whole * down === up ? whole : whole | 1n;
  return Number(odd) * 2 ** -shift;
}

/** A number some units in the last place away. */
function nudged(value: number, by: number): number {
  const bits = new BigInt64Array(Float64Array.of(value).buffer);
  bits[0] += BigInt(by);
  return new Float64Array(bits.buffer)[0];
}

/** Counts of all sizes up to 2^`size`, 120 of each step; with the step's digits they are no more than 2⁵³. */
function* counts(
  seed: number,
  size = 40,
): Generator<{ step: Step; count: number; random: () => number }> {
  const random = seededRandom(seed);
  for (const step of STEPS) {
    for (let i = 0; i < 120; i++) {
      const most = Math.min(size, 53 - Math.ceil(Math.log2(Number(step.parts))));
      yield { step, count: 1 + Math.floor((2 ** most - 2) ** random()), random };
    }
  }
}

const exact = ({ parts, perUnit }: Step, count: number) => nearest(BigInt(count) * parts, perUnit);

Deno.test("so many steps are the number that exact arithmetic rounds to", () => {
  assert.equal(nearest(3n, 10n), 0.3);
  assert.equal(nearest(1n, 3n), 1 / 3);
  assert.equal(nearest((1n << 60n) + 1n, 1n), 2 ** 60);
  for (const { step, count } of counts(1)) {
    assert.equal(stepsOf(count, step.step), exact(step, count), `${count} × ${step.step}`);
  }
});

Deno.test("an amount holds the lots that it holds but for rounding, and not one more", () => {
  for (const { step, count, random } of counts(2, 36)) {
    const lots = exact(step, count), said = `${count} lots of ${step.step}`;
    for (const by of [0, 1, -1, -2]) {
      assert.equal(wholeLots(nudged(lots, by), step.step), lots, said);
    }
    // A part of a lot is left out, also where a thousandth is missing.
    const part = nearest(
      BigInt(count) * step.parts * 1000n + BigInt(1 + Math.floor(998 * random())) * step.parts,
      1000n * step.perUnit,
    );
    assert.equal(wholeLots(part, step.step), lots, said);
    const short = nearest(
      (BigInt(count) + 1n) * step.parts * 1000n - step.parts,
      1000n * step.perUnit,
    );
    assert.equal(wholeLots(short, step.step), lots, said);
    assert(wholeLots(part, step.step) <= part);
  }
});

Deno.test("a price goes to the next tick, and stays where it is on one but for rounding", () => {
  for (const { step, count, random } of counts(3)) {
    const { parts, perUnit } = step,
      at = (n: number) => exact(step, n),
      said = `${count} ticks of ${step.step}`;
    for (const side of [1, -1]) {
      for (const by of [0, 1, -1, 3, -3]) {
        assert.equal(toTick(nudged(at(count), by), side, step.step), at(count), said);
      }
      const thousandths = BigInt(20 + Math.floor(960 * random()));
      const between = nearest((BigInt(count) * 1000n + thousandths) * parts, 1000n * perUnit);
      assert.equal(toTick(between, side, step.step), at(side > 0 ? count + 1 : count), said);
    }
  }
});

Deno.test("without a lot any amount is held, and of huge prices half a tick is no rounding", () => {
  assert.equal(wholeLots(0.123456789, 0), 0.123456789);
  assert.equal(toTick(2 ** 50 + 0.5, 1, 1), 2 ** 50 + 1);
  assert.equal(toTick(2 ** 50 + 0.5, -1, 1), 2 ** 50);
});
