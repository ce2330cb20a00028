import { instrumentOperator } from "../series/operators/candles/instrument.ts";
import { expressionsIn } from "./expressions_in.ts";
import type { Strategy } from "./strategy.ts";

/** The symbols of the other markets that a strategy reads, by `instrument(symbol, …)`, sorted. */
export function neededInstruments({ signals, stops, series }: Strategy): string[] {
  const read = expressionsIn({ signals, stops, series }).filter(({ op }) =>
    op === instrumentOperator.name
  );
  return [...new Set(read.map(({ args }) => String(args.symbol)))].sort();
}
