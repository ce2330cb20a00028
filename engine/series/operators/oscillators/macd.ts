import { callOperator } from "../../call_operator.ts";
import { checkCall, namedSettings } from "../../check_call.ts";
import type { Numeric } from "../../expression.ts";
import { kernel, type Values, windowRule } from "../../operator.ts";
import { outputs } from "../../outputs.ts";
import { emaWeight } from "../averages/ema.ts";
import { seeded, smoothingMemory } from "../averages/smoothing.ts";

/** Of each average how far the newest row lies from it, or until it begins the sum of its rows. */
const SEEN = 0, FAST = 1, SLOW = 2, LINES = 3, SIGNAL = 4, BEFORE = 5, LINE = 6;

export const macdOperator = kernel({
  name: "macd",
  version: 2,
  inputs: ["number"],
  output: { line: "number", signal: "number", histogram: "number" },
  args: { fast: windowRule(), slow: windowRule(), signal: windowRule() },
  stateSize: () => 7,
  memory: ({ fast, slow, signal }) =>
    Math.max(fast, slow) + signal +
    smoothingMemory(emaWeight(Math.max(fast, slow))) + smoothingMemory(emaWeight(signal)),
  // As `fillSmoothed`, three times: the line is the difference of two distances, the histogram one.
  fill([x], [lines, signals, histogram], state, from, to, { args }) {
    const begun = fillSeed(x, [lines, signals, histogram], state, from, to, args);
    const fastRest = 1 - emaWeight(args.fast), slowRest = 1 - emaWeight(args.slow);
    const signalRest = 1 - emaWeight(args.signal);
    let fromFast = state[FAST], fromSlow = state[SLOW], fromSignal = state[SIGNAL];
    let before = state[BEFORE], drawn = state[LINE];
    for (let i = begun; i < to; i++) {
      const entering = x[i], move = entering - before;
      lines[i] = signals[i] = histogram[i] = NaN;
      if (entering - entering !== 0) continue;
      fromFast = fastRest * (fromFast + move);
      fromSlow = slowRest * (fromSlow + move);
      const line = fromSlow - fromFast + 0;
      fromSignal = signalRest * (fromSignal + (line - drawn));
      before = entering;
      drawn = line;
      lines[i] = line;
      signals[i] = line - fromSignal;
      histogram[i] = fromSignal + 0;
    }
    [state[FAST], state[SLOW], state[SIGNAL]] = [fromFast, fromSlow, fromSignal];
    [state[BEFORE], state[LINE]] = [before, drawn];
  },
});

/** The rows up to the first with a signal; returns the first one behind them. */
function fillSeed(
  x: Float64Array,
  [lines, signals, histogram]: readonly Float64Array[],
  state: Float64Array,
  from: number,
  to: number,
  { fast, slow, signal }: Values,
): number {
  const longer = Math.max(fast, slow);
  let i = from;
  for (; i < to && state[LINES] < signal; i++) {
    lines[i] = signals[i] = histogram[i] = NaN;
    if (x[i] - x[i] !== 0) continue;
    const seen = state[SEEN] - longer;
    state[FAST] = distance(state[FAST], x[i], state[BEFORE], seen + fast, fast);
    state[SLOW] = distance(state[SLOW], x[i], state[BEFORE], seen + slow, slow);
    state[BEFORE] = x[i];
    if (state[SEEN] < longer) state[SEEN]++;
    if (state[SEEN] < longer) continue;
    const line = lines[i] = state[SLOW] - state[FAST] + 0;
    state[SIGNAL] = distance(state[SIGNAL], line, 0, state[LINES], signal);
    state[LINE] = line;
    if (++state[LINES] < signal) continue;
    signals[i] = line - state[SIGNAL];
    histogram[i] = state[SIGNAL] + 0;
  }
  return i;
}

/**
 * How far a row lies from an average that begins with the mean of `window` rows, the first of which has `seen` 0; until then
 * the sum of these.
 */
function distance(
  from: number,
  x: number,
  before: number,
  seen: number,
  window: number,
): number {
  if (seen < 0) return 0;
  if (seen >= window) return (1 - emaWeight(window)) * (from + (x - before));
  const sum = seeded(from, x, seen, window);
  return seen + 1 === window ? x - sum : sum;
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
  const args = namedSettings("macd", windows, { fast: 12, slow: 26, signal: 9 });
  checkCall("macd", arguments, 2);
  const line = (output: string) => callOperator(macdOperator, [x], args, output);
  const lines = { line: line("line"), signal: line("signal"), histogram: line("histogram") };
  return outputs(lines, "macd");
}
