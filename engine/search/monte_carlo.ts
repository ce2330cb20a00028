import { checkOptions } from "../market/check_options.ts";
import { InputError } from "../market/errors.ts";
import { type MetricsOptions, type MetricsSettings, metricsSettings } from "../metrics/settings.ts";
import { type Chance, CHANCES, type Drawing, type Drawn } from "../research/monte_carlo/drawing.ts";
import { drawnReturns } from "../research/monte_carlo/drawn_returns.ts";
import { drawnTrades } from "../research/monte_carlo/drawn_trades.ts";
import { jitteredParameters } from "../research/monte_carlo/jittered_parameters.ts";
import { MonteCarlo } from "../research/monte_carlo/monte_carlo_result.ts";
import { noisyCandles, usualNoise } from "../research/monte_carlo/noisy_candles.ts";
import { drawnRuns, specOf } from "../research/monte_carlo/rerun.ts";
import { Result } from "../research/result.ts";
import { seededRandom } from "../research/seeded_random.ts";
import { letOthersRun } from "./let_others_run.ts";

/** What a Monte Carlo may be told. */
export interface MonteCarloOptions {
  /** What is left to chance. */
  of: Chance;
  /**
   * How many courses are drawn: 1,000 unless given, 200 of candles and parameters, each of which is a
   * backtest.
   */
  draws?: number;
  /** The same seed gives the same draws, and more draws begin with those of fewer. */
  seed?: number;
  /** Of trades: whether they are drawn with replacement, instead of in another order. */
  replace?: boolean;
  /** Of returns: mean length of the stretches that stay together, in periods; 5 unless given. */
  stretch?: number;
  /**
   * Of candles: how many ticks prices move at most; a tenth of the usual range of a candle unless
   * given.
   */
  noise?: number;
  /** Of parameters: by what fraction of themselves they move at most; 0.2 unless given. */
  within?: number;
  /** How returns are measured: daily unless given. */
  metrics?: MetricsOptions;
  progress?: (done: number, all: number) => void;
  /** What ends it: what was drawn by then is given, or the signal's reason thrown if nothing was. */
  signal?: AbortSignal;
}

const KNOWN = ["of", "draws", "seed", "replace", "stretch", "noise", "within", "metrics"];

/** Which options are for which chance alone. */
const OWN: Readonly<Record<string, Chance>> = {
  replace: "trades",
  stretch: "returns",
  noise: "candles",
  within: "parameters",
};

/** For how long it draws without letting others run, in milliseconds. */
const UNHEARD = 30;

/**
 * Draws many courses that a backtest could have taken: its trades in another order, its returns drawn
 * in stretches (the stationary bootstrap), its candles with noise, its parameters nearby. Throws an
 * `InputError` for options that cannot be, and for a result of which that cannot be drawn.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { readCandlesCsv } from "../market/candles_csv.ts";
 * import { backtest } from "../research/backtest.ts";
 * import smaCross from "../../strategies/sma_cross.ts";
 *
 * const result = backtest(smaCross, await readCandlesCsv("data/sample_candles_1h.csv.gz"));
 * const drawn = await monteCarlo(result, { of: "trades", draws: 100 });
 * const [first] = drawn.totalReturns; // another order, the same end
 * assert(drawn.totalReturns.every((one) => Math.abs(one - first) < 1e-9));
 * assert(new Set(drawn.maxDrawdowns).size > 10);
 * ```
 */
export async function monteCarlo(result: Result, options: MonteCarloOptions): Promise<MonteCarlo> {
  checkGiven(result, options);
  const { of, seed = 1, signal, progress = () => {} } = options;
  const { draws = of === "trades" || of === "returns" ? 1_000 : 200 } = options;
  const drawing = drawingOf(result, options, metricsSettings(options.metrics));
  const drawn: Drawn[] = [];
  let heard = performance.now();
  for (let i = 0; i < draws && !signal?.aborted; i++) {
    // Each draw has a seed of its own, so that it is the same whatever is drawn besides.
    drawn.push(drawing.draw(seededRandom(Math.imul(seed, 0x9e3779b1) + i)));
    progress(i + 1, draws);
    if (performance.now() - heard < UNHEARD) continue;
    await letOthersRun();
    heard = performance.now();
  }
  if (drawn.length === 0) signal?.throwIfAborted();
  return new MonteCarlo(drawing, drawn, { of, seed, asked: draws });
}

function drawingOf(
  result: Result,
  options: MonteCarloOptions,
  settings: MetricsSettings,
): Drawing {
  const { of, replace = false, stretch = 5, within = 0.2 } = options;
  if (of === "trades") return drawnTrades(result, replace);
  if (of === "returns") return drawnReturns(result, settings, stretch);
  const { strategy, parameters } = specOf(result), { seen } = result;
  if (of === "parameters") {
    return drawnRuns(result, settings, (random) => ({
      params: jitteredParameters(strategy, parameters, within, random),
    }));
  }
  const { noise = usualNoise(seen) } = options;
  return drawnRuns(result, settings, (random) => ({ candles: noisyCandles(seen, noise, random) }));
}

/** Notebooks check no types. */
function checkGiven(result: unknown, options: MonteCarloOptions): void {
  if (!(result instanceof Result)) {
    throw new InputError(
      "The result of a backtest is needed first: the order is monteCarlo(result, { of })",
    );
  }
  checkOptions(options, [...KNOWN, "progress", "signal"], "monteCarlo");
  const { of, draws = 1, seed = 1, stretch = 1 } = options;
  if (!CHANCES.includes(of)) {
    throw new InputError(`of is ${JSON.stringify(of)}, but must be one of ${CHANCES.join(", ")}`);
  }
  for (const [name, whose] of Object.entries(OWN)) {
    if (options[name as keyof MonteCarloOptions] === undefined || whose === of) continue;
    throw new InputError(`${name} is for draws of ${whose}, but these are of ${of}`);
  }
  if (!(Number.isInteger(draws) && draws >= 1)) {
    throw new InputError(`draws is ${draws}, but must be a whole number of 1 or more`);
  }
  if (!Number.isInteger(seed)) throw new InputError(`seed is ${seed}, but must be a whole number`);
  if (!(stretch >= 1)) throw new InputError(`stretch is ${stretch}, but must be 1 or more periods`);
}
