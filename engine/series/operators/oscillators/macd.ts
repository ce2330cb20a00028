import { InputError } from "../../../market/errors.ts";
import { callOperator } from "../../call_operator.ts";
import { Expression, type Numeric } from "../../expression.ts";
import { kernel, windowRule } from "../../operator.ts";
import { outputs } from "../../outputs.ts";
import { emaWeight } from "../averages/ema.ts";
import { smoothedFromMean, smoothingMemory } from "../averages/smoothing.ts";

const SEEN = 0, FAST = 1, SLOW = 2, LINES = 3, SIGNAL = 4;

export const macdOperator = kernel({
  name: "macd",
  inputs: ["number"],
  output: { line: "number", signal: "number", histogram: "number" },
  args: { fast: windowRule(), slow: windowRule(), signal: windowRule() },
  stateSize: () => 5,
  memory: ({ fast, slow, signal }) =>
    Math.max(fast, slow) + signal +
    smoothingMemory(emaWeight(Math.max(fast, slow))) + smoothingMemory(emaWeight(signal)),
  fill([x], [lines, signals, histogram], state, from, to, { args }) {
    const { fast, slow, signal } = args;
    const longer = Math.max(fast, slow), fastWeight = emaWeight(fast), slowWeight = emaWeight(slow);
    const signalWeight = emaWeight(signal);
    let seen = state[SEEN], quick = state[FAST], steady = state[SLOW];
    let drawn = state[LINES], smooth = state[SIGNAL];
    for (let i = from; i < to; i++) {
      lines[i] = signals[i] = histogram[i] = NaN;
      if (x[i] - x[i] !== 0) continue;
      quick = fromMean(quick, x[i], fastWeight, seen - (longer - fast), fast);
      steady = fromMean(steady, x[i], slowWeight, seen - (longer - slow), slow);
      if (seen < longer) seen++;
      if (seen < longer) continue;
      lines[i] = quick - steady;
      smooth = smoothedFromMean(smooth, lines[i], signalWeight, drawn, signal);
      if (drawn < signal) drawn++;
      if (drawn < signal) continue;
      signals[i] = smooth;
      histogram[i] = lines[i] - smooth;
    }
    state[SEEN] = seen;
    state[FAST] = quick;
    state[SLOW] = steady;
    state[LINES] = drawn;
    state[SIGNAL] = smooth;
  },
});

/** An exponential average, started with the mean of `window` rows; rows before `seen` 0 are left out. */
function fromMean(value: number, x: number, weight: number, seen: number, window: number): number {
  return seen < 0 ? value : smoothedFromMean(value, x, weight, seen, window);
}

/** The three lines of `macd`. */
export interface Macd {
  line: Numeric;
  signal: Numeric;
  histogram: Numeric;
}

/**
 * Moving average convergence/divergence: `line` is the fast less the slow exponential average, `signal`
 * the exponential average of that, `histogram` their difference. As in TA-Lib the fast average is
 * seeded so that both start on the slow one's first row (`slow - 1`).
 */
export function macd(
  x: Numeric,
  windows: {
    fast?: number | Numeric;
    slow?: number | Numeric;
    signal?: number | Numeric;
  } = {},
): Macd {
  if (typeof windows !== "object" || windows === null || windows instanceof Expression) {
    throw new InputError(
      "macd takes its windows by name: macd(close, { fast: 12, slow: 26, signal: 9 })",
    );
  }
  const args = { fast: 12, slow: 26, signal: 9, ...windows };
  const line = (output: string) => callOperator(macdOperator, [x], args, output);
  const lines = { line: line("line"), signal: line("signal"), histogram: line("histogram") };
  return outputs(lines, "macd");
}
