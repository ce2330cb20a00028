import type { Timeframe } from "../market/timeframe.ts";
import type { Compiler } from "./compile.ts";
import type { Expression } from "./expression.ts";
import type { Slot } from "./program.ts";
import { byName } from "./write_graph.ts";

/** The columns of named expressions. */
export interface NamedSlots {
  slots: ReadonlyMap<string, Slot>;
  /** With a base: the column that is 1 on the rows which close a candle of the timeframe. */
  closes: Slot | undefined;
}

/** What says on which rows expressions are seen. */
export interface Clocks {
  /** The timeframe whose rows the expressions see. */
  timeframe: Timeframe;
  /**
   * That of the candles, where it is a shorter one: `timeframe`'s candles are made of them, none where
   * one of them is missing, and an expression's value is shown from the row that closes its candle on.
   */
  base?: Timeframe;
  /** Expressions that with a base are shown on the closing row alone, with 0 on the others. */
  once?: ReadonlySet<string>;
}

/** Compiles named expressions. */
export function namedSlots(
  compiler: Compiler,
  expressions: Readonly<Record<string, Expression>>,
  { timeframe, base = timeframe, once }: Clocks,
): NamedSlots {
  const hasBase = base !== timeframe;
  const show = (it: Expression | number, once: boolean) =>
    compiler.show(timeframe, it, { once, source: "strict" });
  // In the order of the names: a database may give a config's keys back in another order, and what
  // was saved before must still fit.
  const slots = new Map(
    byName(expressions).map(([name, expression]) => {
      return [
        name,
        hasBase ? show(expression, once?.has(name) ?? false) : compiler.slot(expression),
      ];
    }),
  );
  return { slots, closes: hasBase ? show(1, true) : undefined };
}
