import { Numeric } from "../expression.ts";
import { kernel, windowRule } from "../operator.ts";
import { emaWeight } from "./ema.ts";
import { smoothed } from "./smoothing.ts";

const SEEN = 0, FAST = 1, SLOW = 2, LINES = 3, SIGNAL = 4;

export const macdOperator = kernel({
  name: "macd",
  inputs: ["number"],
  output: { line: "number", signal: "number", histogram: "number" },
  args: { fast: windowRule(), slow: windowRule(), signal: windowRule() },
  stateSize: () => 5,
  fill([x], [lines, signals, histogram], state, from, to, { args }) {
    const { fast, slow, signal } = args;
    const longer = Math.max(fast, slow);
    const weights = { fast: emaWeight(fast), slow: emaWeight(slow), signal: emaWeight(signal) };
    for (let i = from; i < to; i++) {
      lines[i] = signals[i] = histogram[i] = NaN;
      if (x[i] - x[i] !== 0) continue;
      const seen = ++state[SEEN];
      if (seen > longer) {
        state[FAST] = smoothed(state[FAST], x[i], weights.fast);
        state[SLOW] = smoothed(state[SLOW], x[i], weights.slow);
      } else {
        if (seen > longer - fast) state[FAST] += x[i] / fast;
        if (seen > longer - slow) state[SLOW] += x[i] / slow;
        if (seen < longer) continue;
      }
      const line = lines[i] = state[FAST] - state[SLOW];
      if (state[LINES] < signal) {
        state[LINES]++;
        state[SIGNAL] += line / signal;
        if (state[LINES] < signal) continue;
      } else {
        state[SIGNAL] = smoothed(state[SIGNAL], line, weights.signal);
      }
      signals[i] = state[SIGNAL];
      histogram[i] = line - state[SIGNAL];
    }
  },
});

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
  const args = { fast: 12, slow: 26, signal: 9, ...windows };
  const output = (output: string) => new Numeric({ op: "macd", inputs: [x], args, output });
  return { line: output("line"), signal: output("signal"), histogram: output("histogram") };
}
