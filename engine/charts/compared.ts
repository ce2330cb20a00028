import { checkOptions } from "../market/check_options.ts";
import { describeValue } from "../market/describe_value.ts";
import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import { METRICS } from "../metrics/metric_table.ts";
import type { Performance } from "../metrics/performance.ts";
import type { MetricName } from "../metrics/summary.ts";
import { heldReturns } from "../metrics/buy_and_hold.ts";
import type { Result } from "../research/result.ts";
import type { Look } from "./look.ts";
import { PICTURE_OPTIONS, type PictureOptions } from "./picture_options.ts";
import { isSameMarket, resultNames } from "./result_names.ts";
import { checkScaling, type Scaling, SCALING_OPTIONS } from "./scaling.ts";

/** What a comparison may be told. */
export interface CompareOptions extends PictureOptions, Scaling {
  /** How the results are called, in their order; by default by what differs between them. */
  names?: readonly string[];
  /** Which metrics stand in the table, by their names in a summary. */
  metrics?: readonly MetricName[];
}

/** One line of a comparison. Percentages are of the balance at the start, and of the peak. */
export interface Compared {
  name: string;
  colour: string;
  time: Float64Array;
  growth: Float64Array;
  drawdown: Float64Array;
  performance: Performance;
  /** Absent for buying and holding. */
  result: Result | undefined;
}

/** The results as lines; and, where all are over the same candles, buying and holding these. */
export function comparedResults(
  results: readonly Result[],
  options: CompareOptions,
  look: Look,
): Compared[] {
  checkOptions(options, [...PICTURE_OPTIONS, ...SCALING_OPTIONS, "names", "metrics"], "compare");
  checkScaling(options);
  checkMetrics(options.metrics);
  const { names = resultNames(results), buyAndHold = true } = options, most = look.lines.length;
  if (results.length < 1 || results.length > most) {
    throw new InputError(
      `Cannot compare ${results.length} results: give 1 to ${most}, so that lines can be told apart`,
    );
  }
  if (!Array.isArray(names)) {
    throw new InputError(
      `Cannot compare: names must be a list of texts, not ${describeValue(names)}`,
    );
  }
  if (names.length !== results.length) {
    throw new InputError(
      `Cannot compare: names must have one for each of ${results.length} results, not ${names.length}`,
    );
  }
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) {
    throw new InputError(
      `Cannot compare: two results are called "${twice}", give each its own name`,
    );
  }
  const lines = results.map((result, i) => line(result, `${names[i]}`, look.lines[i]));
  return buyAndHold && sameCandles(results) ? [held(results[0], look), ...lines] : lines;
}

function line(result: Result, name: string, colour: string): Compared {
  const { balance } = result.account, equity = result.equity.column("equity");
  return {
    name,
    colour,
    time: result.candles.time,
    growth: equity.map((money) => 100 * (money / balance - 1)),
    drawdown: result.equity.column("drawdown").map((fraction) => 100 * fraction),
    performance: result.performance,
    result,
  };
}

function held({ candles, performance: { benchmark } }: Result, look: Look): Compared {
  const { before, worth } = benchmark;
  let peak = before;
  return {
    name: "Buy and hold",
    colour: look.hold,
    time: candles.time,
    growth: heldReturns(benchmark).map((fraction) => 100 * fraction),
    drawdown: worth.map((price) => 100 * (price / (peak = Math.max(peak, price)) - 1)),
    performance: {
      rows: candles,
      initialBalance: before,
      equity: worth,
      held: new Float64Array(candles.length).fill(1),
      benchmark,
      trades: [],
      excursions: [],
      openTrades: 0,
      fees: 0,
      slippage: 0,
      funding: 0,
      turnover: 0,
    },
    result: undefined,
  };
}

/** Notebooks check no types. */
function checkMetrics(metrics: unknown): void {
  if (metrics === undefined) return;
  if (!Array.isArray(metrics) || metrics.length === 0) {
    throw new InputError(
      `Cannot compare: metrics must be a list of names, not ${describeValue(metrics)}`,
    );
  }
  const known = Object.keys(METRICS);
  const wrong = metrics.find((name) => !known.includes(name));
  if (wrong === undefined) return;
  const hint = didYouMean(`${wrong}`, known) || ".";
  throw new InputError(
    `Cannot compare: "${wrong}" is no metric${hint} There are ${known.join(", ")}`,
  );
}

function sameCandles([{ candles }, ...others]: readonly Result[]): boolean {
  return others.every((other) => isSameMarket(candles, other.candles));
}
