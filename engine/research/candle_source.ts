import { Candles } from "../market/candles.ts";
import { checkOnce } from "../market/checked_candles.ts";
import { describeValue } from "../market/describe_value.ts";
import { InputError } from "../market/errors.ts";
import { candlesFromFrame, isFrame } from "../market/frame.ts";

/** Candles, or a danfo DataFrame of them as Lockstep makes it (its timestamp is the close). */
export type CandleSource = Candles | Parameters<typeof candlesFromFrame>[0];

/** The candles of a source, checked. `usage` is how errors say that it is to be given. */
export function candlesOf(
  source: CandleSource,
  usage = "backtest(strategy, candles)",
): Candles {
  if (source instanceof Candles) {
    checkOnce(source);
    return source;
  }
  if (isFrame(source)) return candlesFromFrame(source);
  throw new InputError(`Candles are needed, but there ${whatElse(source, usage)}`);
}

/** Notebooks check no types. */
function whatElse(source: unknown, usage: string): string {
  if (source instanceof Promise) {
    return "is a promise of them: write await before readCandlesCsv(…)";
  }
  if (typeof source === "string") return `is the text "${source}": give await readCandlesCsv("…")`;
  return `is ${describeValue(source)}: the order is ${usage}`;
}
