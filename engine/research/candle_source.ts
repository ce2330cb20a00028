import { Candles } from "../market/candles.ts";
import { checkOnce } from "../market/checked_candles.ts";
import { InputError } from "../market/errors.ts";
import { candlesFromFrame } from "../market/frame.ts";

/** Candles, or a danfo DataFrame of them as Lockstep makes it (its timestamp is the close). */
export type CandleSource = Candles | Parameters<typeof candlesFromFrame>[0];

/** The candles of a source, checked. */
export function candlesOf(source: CandleSource): Candles {
  if (source instanceof Candles) {
    checkOnce(source);
    return source;
  }
  if (typeof source === "object" && "columns" in source) return candlesFromFrame(source);
  throw new InputError(`Candles are needed, but there ${whatElse(source)}`);
}

/** Notebooks check no types. */
function whatElse(source: unknown): string {
  if (source instanceof Promise) {
    return "is a promise of them: write await before readCandlesCsv(…)";
  }
  if (typeof source === "string") return `is the text "${source}": give await readCandlesCsv("…")`;
  const found = typeof source === "object" ? "is something else" : `is ${source}`;
  return `${found}: the order is backtest(strategy, candles), backtestSignals(candles, signals)`;
}
