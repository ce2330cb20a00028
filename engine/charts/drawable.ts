import { Candles } from "../market/candles.ts";
import { describeValue } from "../market/describe_value.ts";
import { InputError } from "../market/errors.ts";
import { candlesOf, type CandleSource } from "../research/candle_source.ts";
import { PortfolioResult } from "../research/portfolio_result.ts";
import { Result } from "../research/result.ts";
import { SweepResult } from "../research/sweep/sweep_result.ts";
import type { AnyResult } from "./run_caption.ts";
import { Strategy } from "../strategy/strategy.ts";

/** The candles of what is to be drawn. Throws an `InputError` for what has none. */
export function candlesToDraw(source: CandleSource): Candles {
  if (source instanceof Candles || isFrame(source)) return candlesOf(source);
  throw new InputError(
    `Cannot draw ${
      whatIs(source)
    }: give chart(…) a result of backtest(strategy, candles), or candles`,
  );
}

/** Refuses what is no result; `call` is how a picture is asked for, such as `compare([a, b])`. */
function needResult(source: unknown, call: string): asserts source is Result {
  if (source instanceof Result) return;
  throw new InputError(
    `Cannot draw ${whatIs(source)}: write ${call} with what backtest(strategy, candles) gave`,
  );
}

/** As `needResult`, for what can be drawn of a portfolio too. */
export function needRun(source: unknown, call: string): asserts source is AnyResult {
  if (!(source instanceof PortfolioResult)) needResult(source, call);
}

/** Refuses what is no search; `call` is how its picture is asked for, such as `parameterMap(found)`. */
export function needSearch(source: unknown, call: string): asserts source is SweepResult {
  if (source instanceof SweepResult) return;
  throw new InputError(
    `Cannot draw ${
      whatIs(source)
    }: write ${call} with what await sweep(strategy, candles, { … }) gave`,
  );
}

/** Refuses what is no list of results. */
export function needResults(source: unknown, call: string): asserts source is readonly Result[] {
  if (!Array.isArray(source)) {
    throw new InputError(`Cannot draw ${whatIs(source)}: results go in a list, ${call}`);
  }
  for (const each of source) needResult(each, call);
}

function isFrame(source: unknown): boolean {
  return typeof source === "object" && source !== null && "columns" in source;
}

/** Notebooks check no types. */
function whatIs(source: unknown): string {
  if (source instanceof PortfolioResult) return "a portfolio";
  return source instanceof Strategy ? `the strategy ${source.name}` : describeValue(source);
}
