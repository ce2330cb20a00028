import type { Timeframe } from "../market/timeframe.ts";
import type { ParameterValues } from "../series/scalars.ts";
import { expressionsIn } from "../strategy/expressions_in.ts";

/** The longer timeframes that what is given reads by `on`, under these parameters. */
export function longerTimeframes(parts: unknown, parameters: ParameterValues): Timeframe[] {
  const read = expressionsIn(parts).filter(({ op }) => op === "on").map(({ args }) => {
    const { timeframe } = args;
    return typeof timeframe === "object" ? parameters[String(timeframe.args.name)] : timeframe;
  });
  return [...new Set(read)] as Timeframe[];
}
