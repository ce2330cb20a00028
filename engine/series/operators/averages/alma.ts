import { callOperator } from "../../call_operator.ts";
import { checkCall, namedSettings } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { kernel, type Values, windowRule } from "../../operator.ts";

/** Weights from the oldest row to the newest, and their sum. */
function bell({ window, offset, sigma }: Values): { weights: Float64Array; total: number } {
  const middle = offset * (window - 1), width = window / sigma, weights = new Float64Array(window);
  let total = 0;
  for (let j = 0; j < window; j++) {
    weights[j] = Math.exp(-((j - middle) ** 2) / (2 * width * width));
    total += weights[j];
  }
  return { weights, total };
}

export const almaOperator = kernel({
  name: "alma",
  inputs: ["number"],
  args: { window: windowRule(), offset: { min: 0, max: 1 }, sigma: { min: 0.1, max: 100 } },
  lookback: ({ window }) => window,
  fill([x], [out], _, from, to, { args, args: { window } }) {
    const { weights, total } = bell(args);
    for (let i = from; i < to; i++) {
      let sum = 0;
      for (let j = 0; j < window; j++) sum += weights[j] * x[i - window + 1 + j];
      out[i] = sum / total + 0;
    }
  },
});

/**
 * Arnaud Legoux moving average: the last `window` rows weighted by a bell curve whose middle lies `offset`
 * of the way from the oldest row to the newest, `window / sigma` rows wide (Legoux and Kouzis-Loukas 2009).
 */
export function alma(
  x: Numeric,
  settings: {
    window?: number | Numeric;
    offset?: number | Numeric;
    sigma?: number | Numeric;
  } = {},
): Numeric {
  const args = namedSettings("alma", settings, { window: 9, offset: 0.85, sigma: 6 });
  checkCall("alma", arguments, 2);
  return callOperator(almaOperator, [x], args);
}
