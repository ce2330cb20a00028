import { normalCdf } from "./normal_cdf.ts";

/** Newton's method doubles the right digits each time; it stops long before. */
const STEPS = 20;

/**
 * The standard normal quantile: the z at or below which the chance `p` lies, from 1e-300 on. Relative
 * error below 1e-12. −Infinity for 0, Infinity for 1, NaN for anything outside.
 *
 * Source: Newton's method on ln Φ(z), which rises and is concave, from a z that is too low because
 * Φ(z) ≤ exp(−z² / 2) / 2: so it never overshoots.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert(Math.abs(normalQuantile(0.95) - 1.6448536269514722) < 1e-12);
 * ```
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0) return -Infinity;
  if (p > 0.5) return -normalQuantile(1 - p); // the lower tail has the digits
  let z = -Math.sqrt(-2 * Math.log(2 * p)) + 0;
  for (let i = 0; i < STEPS; i++) {
    const chance = normalCdf(z), density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    const step = Math.log(chance / p) * chance / density;
    z -= step;
    if (Math.abs(step) <= Number.EPSILON * Math.abs(z)) break;
  }
  return z;
}
