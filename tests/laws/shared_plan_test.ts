import assert from "node:assert/strict";
import fc from "fast-check";
import { Plan } from "../../engine/series/plan.ts";
import { SharedPlan } from "../../engine/series/shared_plan.ts";
import type { ParameterValues } from "../../engine/series/scalars.ts";
import { assertProperty } from "../support/property.ts";
import { madeTogether } from "./made_candles.ts";
import { expressionsOf, randomStrategies } from "./random_strategy.ts";
import { assertSameBits } from "./same_bits.ts";

const GRAPHS = 60, ROWS = 2_600;

/** Values beside those of a random strategy: some alike, so that sets share what depends on them. */
const neighbours = ({ short, long, ...others }: ParameterValues): ParameterValues[] => [
  { short, long, ...others },
  { ...others, short: Number(short) % 12 + 1, long },
  { ...others, short, long: 13 + Number(long) % 28 },
  { ...others, short: Number(short) % 12 + 1, long: 13 + Number(long) % 28, source: "last" },
];

const SIGNALS = ["enterLong", "exitLong", "enterShort"] as const;

Deno.test("a shared plan gives each set of parameters the bits of a plan of its own", () => {
  const candles = madeTogether({ rows: ROWS, seed: 5 }), { timeframe, decimals } = candles;
  let compared = 0, apart = 0, fired = 0;
  const chunks = fc.constantFrom(700, 64, 4_096), asked = fc.subarray([...SIGNALS]);
  assertProperty(
    fc.property(randomStrategies, chunks, asked, ({ strategy, values }, chunk, asked) => {
      const fires = asked.filter((name) => strategy.signals[name] !== undefined);
      const expressions = expressionsOf(strategy), sets = neighbours(values);
      const shared = new SharedPlan(expressions, sets, { timeframe, decimals, chunk, fires });
      const plans = sets.map((parameters) =>
        new Plan(expressions, { timeframe, decimals, parameters, chunk })
      );
      for (let from = 0; from < ROWS; from += chunk) {
        const to = Math.min(from + chunk, ROWS);
        shared.advance(candles, from, to);
        plans.forEach((plan, set) => {
          plan.advance(candles, from, to);
          shared.select(set);
          for (const name of Object.keys(expressions)) {
            const own = plan.read(name), place = `${name} of set ${set} from row ${from}`;
            if (fires.some((one) => one === name)) {
              const { rows, count } = shared.firing(set, name);
              const found = [...rows.subarray(0, count)].map((row) => row - shared.begin);
              assert.deepEqual(found, [...own.keys()].filter((row) => own[row] === 1), place);
              fired += count;
            } else {
              const found = shared.column(set, name).slice(shared.begin, shared.end);
              assertSameBits(found, own, place);
            }
            compared++;
          }
        });
      }
      if (shared.width < shared.columns) apart++;
    }),
    GRAPHS,
  );
  assert(compared > 1_000 && fired > 1_000);
  assert(apart > GRAPHS / 2, `only ${apart} graphs had something that one set has for itself`);
});
