import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import { openTime } from "../market/timeframe.ts";
import type { SweepResult } from "../research/sweep/sweep_result.ts";
import { marketCaption, spanCaption, valueText, written } from "./captions.ts";

/** The parameters that differ from set to set. */
export function searchedNames({ sets, length }: SweepResult): string[] {
  const first = sets.at(0), differ = new Set<string>();
  for (let set = 1; set < length && differ.size < sets.names.length; set++) {
    const own = sets.at(set);
    for (const name of sets.names) if (own[name] !== first[name]) differ.add(name);
  }
  return sets.names.filter((name) => differ.has(name));
}

/** Refuses a name that is none of those; `what` says what for, such as `parameterMap: x`. */
export function checkSearched(name: string, names: readonly string[], what: string): void {
  if (names.includes(name)) return;
  const hint = didYouMean(`${name}`, names) || ".";
  throw new InputError(
    `Cannot draw: ${what} is "${name}", but no such parameter was searched${hint} ` +
      `There ${names.length === 1 ? "is" : "are"} ${names.join(", ")}`,
  );
}

/** A strategy on a market, without the parameters that were searched. */
export function searchCaption({ strategy, spec, candles }: SweepResult, symbol: string): string {
  return `${strategy.name} on ${marketCaption(symbol, { timeframe: spec.timeframe, candles })}`;
}

/** From when to when it was searched, and how many sets. */
export function searchAbout({ spec, candles, length }: SweepResult): string[] {
  const { time, timeframe } = candles, opens = openTime(time[0], timeframe);
  const from = Math.max(opens, spec.start ?? opens), to = time[time.length - 1];
  return [spanCaption({ from, to }), `${written(length)} ${length === 1 ? "set" : "sets"} tried`];
}

/** The values of a set's parameters, such as `fast 10, slow 30`. */
export function setText({ sets }: SweepResult, set: number, names = sets.names): string {
  const values = sets.at(set);
  return names.map((name) => valueText(name, values[name])).join(", ");
}
