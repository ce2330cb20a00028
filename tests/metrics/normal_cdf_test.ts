import assert from "node:assert/strict";
import { normalCdf } from "../../engine/metrics/normal_cdf.ts";
import { agree } from "./made_performance.ts";

/** To 16 digits, from arbitrary-precision arithmetic. */
const PUBLISHED = [
  [-37.5, 4.605353009581955e-308],
  [-10, 7.619853024160526e-24],
  [-5, 2.866515718791939e-7],
  [-3.5, 2.326290790355250e-4],
  [-3.000001, 1.349893599788330e-3],
  [-3, 1.349898031630095e-3],
  [-1, 1.586552539314571e-1],
  [-0.5, 3.085375387259869e-1],
  [0, 0.5],
  [1e-9, 5.000000003989423e-1],
  [1.96, 9.750021048517796e-1],
  [2, 9.772498680518208e-1],
  [4, 9.999683287581669e-1],
];

Deno.test("the normal distribution function agrees with published values", () => {
  for (const [z, expected] of PUBLISHED) {
    assert(agree(normalCdf(z), expected, 1e-12), `${z}: ${normalCdf(z)} is not ${expected}`);
    assert(Math.abs(normalCdf(z) - expected) < 1e-15);
  }
});

Deno.test("the normal distribution function is whole at its ends and unknown of NaN", () => {
  assert.equal(normalCdf(Infinity), 1);
  assert.equal(normalCdf(-Infinity), 0);
  assert.equal(normalCdf(NaN), NaN);
});
